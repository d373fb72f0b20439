import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Answer, nextAddress, type ProcedureName, refusalIn } from '../support/api-client.ts';
import { openWorld } from '../support/world.ts';

const { alice, server, setPlan } = await openWorld();
await setPlan(alice.tenant, 'pro');

const HEADERS = { 'content-type': 'application/json', origin: server.origin };
const monitor = { name: 'Shop', kind: 'http', target: 'https://example.com' };

const post = (procedure: string, body: string | Buffer, headers: Record<string, string> = HEADERS) =>
  alice.raw('POST', `/trpc/${procedure}`, { body, headers });

function expectInvalid(answer: Answer): void {
  const refusal = refusalIn(answer);
  expect(refusal.status).toBe(400);
  expect(refusal.data.reason).toBe('invalid_input');
  expect(Object.keys(refusal.data.fields ?? {}).length).toBeGreaterThan(0);
  expect(refusal.message).toMatch(/^[A-Z](?!nvalid (?:key|type)).*\.$/s);
  for (const sentence of Object.values(refusal.data.fields ?? {})) expect(sentence).toMatch(/^[A-Z].*\.$/s);
}

const NOT_JSON = ['', '{', 'nothing', '{"name":}', '\ufeff{}', '{"a":1}{"b":2}', "{'name':'x'}", '\0'];

test.each(NOT_JSON)('a body that is no JSON (%j) is refused in words', async (body) => {
  expectInvalid(await post('monitors.create', body));
});

test.each(['null', '1', '"text"', '[]', 'true', '{}', '{"json":{}}', '[[[[]]]]'])(
  'JSON of another shape (%s) is refused at its fields',
  async (body) => {
    expectInvalid(await post('monitors.create', body));
    expectInvalid(await post('auth.register', body));
    expectInvalid(await post('monitors.update', body));
  },
);

test('bytes that are no text are refused', async () => {
  expectInvalid(await post('monitors.create', Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d])));
});

test.each(['text/plain', 'multipart/form-data; boundary=x', 'application/octet-stream', ''])(
  'a content type of %j is refused',
  async (type) => {
    const headers = type === '' ? { origin: server.origin } : { ...HEADERS, 'content-type': type };
    const answer = await post('monitors.create', JSON.stringify(monitor), headers as Record<string, string>);
    expectInvalid(answer);
  },
);

/** Values at which a server may trip: what Postgres cannot store, numbers without an end, keys of prototypes. */
const NASTY: [what: string, json: string][] = [
  ['NUL', '"a\\u0000b"'],
  ['half a surrogate pair', '"\\ud800"'],
  ['the other half', '"x\\udfff"'],
  ['a number beyond all', '1e999'],
  ['minus that', '-1e999'],
  ['a tiny fraction', '1e-400'],
  ['a long number', '99999999999999999999999'],
  ['an object', '{"toString":null,"__proto__":{"a":1},"constructor":{"prototype":{}}}'],
  ['a list', '[null,[],{}]'],
  ['nothing', 'null'],
  ['true', 'true'],
  ['a long text', JSON.stringify('x'.repeat(9000))],
  ['SQL', `"'; drop table monitors; --"`],
  ['a percent', '"%"'],
  ['a backslash', '"\\\\"'],
  ['control characters', '"\\u0001\\u001b[31m"'],
];

const FIELDS = [
  'name',
  'kind',
  'target',
  'intervalSeconds',
  'timeoutMs',
  'retries',
  'retryDelaySeconds',
  'recovery',
  'degradedAfterMs',
  'regions',
  'tags',
  'http',
  'http.method',
  'http.headers',
  'http.body',
  'http.followRedirects',
  'assertions',
  'assertions.0',
  'assertions.0.subject',
  'assertions.0.name',
  'assertions.0.comparator',
  'assertions.0.value',
];

/** The JSON of a monitor with one field replaced by a raw piece of JSON. */
function monitorWith(field: string, json: string): string {
  const [first = '', second, third] = field.split('.');
  const base = JSON.stringify({ ...monitor, [first]: '@@' });
  if (second === undefined) return base.replace('"@@"', json);
  if (first === 'http') return base.replace('"@@"', `{"${second}":${json}}`);
  const assertion = { subject: 'json', name: '$.a', comparator: 'equals', value: 'b' };
  if (third === undefined) return base.replace('"@@"', `[${json}]`);
  return base.replace('"@@"', `[${JSON.stringify({ ...assertion, [third]: '@@' }).replace('"@@"', json)}]`);
}

test.each(NASTY)(
  '%s in any field of a monitor is taken or refused in words, and is never our mistake',
  async (_what, json) => {
    for (const field of FIELDS) {
      const answer = await post('monitors.create', monitorWith(field, json));
      if (answer.status === 200) {
        await alice.call('monitors.remove', { monitorId: JSON.parse(answer.text).result.data.id });
      } else {
        expect([field, answer.status, answer.text]).toEqual([
          field,
          400,
          expect.stringMatching(/"fields":\{"/),
        ]);
      }
    }
  },
);

test.each(NASTY)('%s in any field of a registration or a login is refused in words', async (_what, json) => {
  const person = { organizationName: 'X', email: 'x@x.example', password: 'x', passwordConfirmation: 'x' };
  for (const field of [...Object.keys(person), 'tenantSlug', 'code']) {
    const body = JSON.stringify({ ...person, [field]: '@@' }).replace('"@@"', json);
    expectInvalid(await post('auth.register', body));
    const login = await post('auth.login', body, { ...HEADERS, 'x-forwarded-for': nextAddress() });
    expect([field, login.status]).toEqual([
      field,
      expect.toSatisfy((status: number) => [400, 401].includes(status)),
    ]);
  }
});

const QUERIES: [procedure: ProcedureName, fields: string[]][] = [
  ['monitors.list', ['search', 'state', 'tag', 'sort', 'direction', 'cursor', 'limit']],
  ['monitors.get', ['monitorId']],
  ['results.list', ['monitorId', 'from', 'to', 'outcome', 'cursor', 'limit']],
  ['results.series', ['monitorId', 'range']],
  ['uptime.summary', ['monitorId', 'range']],
  ['uptime.days', ['monitorId', 'days']],
];

test.each(QUERIES)('nothing nasty in a field of %s is our mistake', async (procedure, fields) => {
  const made = await alice.call('monitors.create', {
    ...monitor,
    kind: 'http',
    target: `https://example.com/${procedure}`,
  });
  for (const field of fields) {
    for (const [, json] of [
      ...NASTY,
      ['an instant', '"0000-01-01T00:00:00Z"'],
      ['a day', '"2026-02-31T00:00:00Z"'],
      ['the end', '"9999-12-31T23:59:59+14:00"'],
    ]) {
      const base = JSON.stringify({ monitorId: made.id, range: '1h', [field]: '@@' }).replace(
        '"@@"',
        json ?? '',
      );
      const answer = await alice.raw('GET', `/trpc/${procedure}?input=${encodeURIComponent(base)}`);
      expect([field, json, answer.status]).toEqual([
        field,
        json,
        expect.toSatisfy((s: number) => [200, 400].includes(s)),
      ]);
      if (answer.status === 400) expectInvalid(answer);
    }
  }
  await alice.call('monitors.remove', { monitorId: made.id });
});

test('a cursor that somebody wrote himself is refused, not believed', async () => {
  const written = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const id = crypto.randomUUID();
  const at = new Date().toISOString();
  for (const cursor of [
    'x',
    '%%%',
    written(null),
    written({ key: 'a' }),
    written({ key: 'a', id }),
    written({ key: 'a\0', id, at }),
    written({ key: '\ud800', id, at }),
    written({ key: 5, id, at }),
    written({ key: 'a', id: "' or true --", at }),
    written({ key: 'a', id, at: '0000-01-01T00:00:00Z' }),
    written({ key: 'a', id, at: 'now' }),
  ]) {
    expectInvalid(await alice.send('monitors.list', { sort: 'name', cursor }));
  }
  for (const key of ['abc', 'NaN', "1' or 1", '1e999999', '--1']) {
    expectInvalid(await alice.send('monitors.list', { sort: 'latency', cursor: written({ key, id, at }) }));
  }
  const made = await alice.call('monitors.create', { ...monitor, kind: 'http' });
  for (const slotAt of ['0000-01-01T00:00:00Z', 'now', '2026-13-01T00:00:00Z', '9999-12-31T23:59:59Z']) {
    expectInvalid(
      await alice.send('results.list', { monitorId: made.id, cursor: written({ slotAt, region: 'local' }) }),
    );
  }
  await alice.call('monitors.remove', { monitorId: made.id });
});

test('whatever JSON comes, no procedure answers with our own mistake', async () => {
  const procedures: ProcedureName[] = [
    'monitors.create',
    'monitors.update',
    'monitors.checkNow',
    'auth.login',
    'monitors.list',
    'results.list',
    'uptime.days',
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...procedures),
      fc.jsonValue({ noUnicodeString: false }),
      async (name, input) => {
        const answer = await alice.send(name, input);
        expect([answer.status, answer.text]).toEqual([
          expect.toSatisfy((s: number) => s < 500),
          expect.anything(),
        ]);
      },
    ),
    { numRuns: 150 },
  );
});

const tooLong = `{"name":"${'x'.repeat(256 * 1024)}"}`;

test('a body over 256 KiB is refused, announced or sent in chunks', async () => {
  const announced = refusalIn(await post('monitors.create', tooLong));
  expect(announced.status).toBe(413);
  expect(announced.data.reason).toBe('too_large');
  const chunks = Readable.from([Buffer.from(tooLong.slice(0, 1000)), Buffer.from(tooLong.slice(1000))]);
  const chunked = refusalIn(
    await alice.raw('POST', '/trpc/monitors.create', { body: chunks, headers: HEADERS }),
  );
  expect(chunked.status).toBe(413);
  expect(chunked.data.reason).toBe('too_large');
});

test('a body just under it is read, also in chunks', async () => {
  const long = JSON.stringify({ ...monitor, unknown: 'x'.repeat(200 * 1024) });
  const chunks = Readable.from([Buffer.from(long.slice(0, 1000)), Buffer.from(long.slice(1000))]);
  const answer = await alice.raw('POST', '/trpc/monitors.create', { body: chunks, headers: HEADERS });
  expect(answer.status).toBe(200);
  await alice.call('monitors.remove', { monitorId: JSON.parse(answer.text).result.data.id });
});

test('a batch of twenty is answered, one of twenty-one is refused, however it is written', async () => {
  const batch = (calls: number, comma: string) =>
    alice.raw(
      'GET',
      `/trpc/${Array.from({ length: calls }, () => 'regions.list').join(comma)}?batch=1&input=%7B%7D`,
    );
  expect(JSON.parse((await batch(20, ',')).text)).toHaveLength(20);
  for (const comma of [',', '%2C', '%2c']) {
    const refusal = refusalIn(await batch(21, comma));
    expect(refusal.status).toBe(400);
    expect(refusal.data.reason).toBe('batch_too_large');
  }
});

test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('%s is not how a monitor is made', async (method) => {
  const answer = await alice.raw(method, '/trpc/monitors.create', {
    headers: HEADERS,
    ...(method === 'GET' ? {} : { body: JSON.stringify(monitor) }),
  });
  expectInvalid(answer);
});

test.each([
  '/trpc/%E0%A4%A',
  '/trpc/monitors.list?input=%',
  '/trpc/monitors.list?input={',
  '/trpc/',
  '/trpc/%00',
  '/trpc/__proto__',
  '/trpc/monitors.constructor',
])('the address %s is refused in words', async (path) => {
  const refusal = refusalIn(await alice.raw('GET', path));
  expect([400, 404]).toContain(refusal.status);
});

test('after all that not one error of ours is in the log, and no monitor is left', async () => {
  expect(server.takeErrors()).toEqual([]);
  expect((await alice.call('monitors.list')).total).toBe(0);
});
