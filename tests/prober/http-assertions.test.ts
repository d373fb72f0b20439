import { expect, test } from 'vitest';
import type { Assertion } from '../../shared/checks/assertion-input.ts';
import { daysFromNow } from '../support/certificates.ts';
import { listenHttp } from '../support/listen.ts';
import { openProbe } from '../support/probe.ts';

const probe = await openProbe();
const JSON_BODY = '{"status":"ok","queue":{"depth":7,"names":["a","b"]},"ready":true,"nothing":null}';

/** What a check with one assertion says of a target that answers this. */
async function judged(
  assertion: Assertion,
  answer: { body?: string | Buffer; headers?: Record<string, string> } = {},
) {
  const target = await listenHttp((response) =>
    response.writeHead(200, answer.headers).end(answer.body ?? ''),
  );
  const { outcome, code, reason } = await probe.check(target.url, { assertions: [assertion] });
  return reason === null ? outcome : `${outcome} ${code}: ${reason}`;
}

test('a keyword that is there is up, and one that is not says what came instead', async () => {
  const contains = { subject: 'body', comparator: 'contains', value: 'Welcome' } as const;
  expect(await judged(contains, { body: 'Welcome, Alice' })).toBe('up');
  expect(await judged(contains, { body: 'Database error' })).toBe(
    'down assertion_failed: Body is “Database error”, expected it to contain Welcome.',
  );
});

test('a keyword that must not be there', async () => {
  const not = { subject: 'body', comparator: 'not_contains', value: 'error' } as const;
  expect(await judged(not, { body: 'Welcome' })).toBe('up');
  expect(await judged(not, { body: 'an error' })).toBe(
    'down assertion_failed: Body is “an error”, expected it not to contain error.',
  );
});

test('a regular expression', async () => {
  const matches = { subject: 'body', comparator: 'matches', value: '^v\\d+\\.\\d+$' } as const;
  expect(await judged(matches, { body: 'v1.20' })).toBe('up');
  expect(await judged(matches, { body: 'version 1' })).toBe(
    'down assertion_failed: Body is “version 1”, expected it to match ^v\\d+\\.\\d+$.',
  );
});

test('a regular expression that would run for years elsewhere takes no time here', async () => {
  const startedAt = performance.now();
  const evil = { subject: 'body', comparator: 'matches', value: '^(a+)+$' } as const;
  expect(await judged(evil, { body: `${'a'.repeat(5000)}!` })).toContain('assertion_failed');
  expect(performance.now() - startedAt).toBeLessThan(3000);
});

test('a JSON path, by value and by size', async () => {
  const json = (name: string, comparator: Assertion['comparator'], value: Assertion['value']) =>
    judged({ subject: 'json', name, comparator, value }, { body: JSON_BODY });
  expect(await json('$.status', 'equals', 'ok')).toBe('up');
  expect(await json('$.queue.depth', 'less_than', 10)).toBe('up');
  expect(await json('$.ready', 'equals', true)).toBe('up');
  expect(await json('$.queue.names[1]', 'in', 'a,b')).toBe('up');
  expect(await json('$.queue.names', 'contains', '"b"')).toBe('up');
  expect(await json('$.queue.depth', 'greater_than', 10)).toBe(
    'down assertion_failed: JSON path $.queue.depth is 7, expected it to be more than 10.',
  );
  expect(await json('$.status', 'equals', 'fine')).toBe(
    'down assertion_failed: JSON path $.status is “ok”, expected it to equal fine.',
  );
  expect(await json('$.absent', 'equals', 'x')).toBe(
    'down assertion_failed: JSON path $.absent leads to nothing, expected it to equal x.',
  );
});

test('a body that is not JSON fails a JSON path, and says so', async () => {
  const json = { subject: 'json', name: '$.status', comparator: 'equals', value: 'ok' } as const;
  expect(await judged(json, { body: '<html>' })).toBe('down assertion_failed: The body is not JSON.');
  expect(await judged(json, { body: '' })).toBe('down assertion_failed: The body is not JSON.');
});

test('JSON as deep as it is long is the target being wrong, not the prober', async () => {
  const body = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  for (const name of ['$..a', '$', '$[0]']) {
    expect(
      await judged({ subject: 'json', name, comparator: 'equals', value: 'ok' }, { body }),
      name,
    ).toContain('down assertion_failed: ');
  }
});

test('a JSON path that looks at everything again and again is ended, and says so', async () => {
  const body = JSON.stringify(Array.from({ length: 3000 }, (_, i) => ({ a: [i, [i, [i]]] })));
  const said = await judged(
    { subject: 'json', name: '$..*..*..*', comparator: 'equals', value: 'x' },
    { body },
  );
  expect(said).toMatch(/^down assertion_failed: JSON path \$\.\.\*\.\.\*\.\.\* is 0 at \$\[0\]/);
  expect(
    await judged(
      { subject: 'json', name: '$..*[?count($..*..*) < 0]', comparator: 'equals', value: 'x' },
      { body },
    ),
  ).toBe(
    'down assertion_failed: JSON path $..*[?count($..*..*) < 0] needs more than a second of computing on this answer: ' +
      'ask for something simpler.',
  );
});

test('a few brackets and a short path can select more values than there is time for', async () => {
  const body = `${'['.repeat(80)}1,1${']'.repeat(80)}`;
  const name = `$${'[0,0]'.repeat(80)}`;
  expect(await judged({ subject: 'json', name, comparator: 'not_equals', value: 2 }, { body })).toContain(
    'needs more than a second of computing on this answer',
  );
});

test('a selector that tries everything with everything is ended, and says so', async () => {
  const body = '<p></p>'.repeat(20_000);
  const selector = {
    subject: 'selector',
    name: 'p ~ p ~ p ~ p ~ i',
    comparator: 'contains',
    value: '',
  } as const;
  expect(await judged(selector, { body: `${body}<i></i>` })).toBe('up');
  expect(await judged({ ...selector, name: 'b ~ p ~ p ~ p ~ i' }, { body: `${body}<i></i>` })).toBe(
    'down assertion_failed: Selector b ~ p ~ p ~ p ~ i needs more than a second of computing on this answer: ' +
      'ask for something simpler.',
  );
});

test('an element of a page is found as a browser would find it, and judged', async () => {
  const body =
    '<!doctype html><title>Shop</title><table><tr><td class=n> 7 <a class="logo" href="/x">home</a></table>';
  const selector = (name: string, comparator: Assertion['comparator'], value: Assertion['value']) =>
    judged({ subject: 'selector', name, comparator, value }, { body });
  expect(await selector('table > tbody > tr > td.n', 'equals', '7 home')).toBe('up');
  expect(await selector('a.logo@href', 'matches', '^/')).toBe('up');
  expect(await selector('title', 'equals', 'Store')).toBe(
    'down assertion_failed: Selector title is “Shop”, expected it to equal Store.',
  );
  expect(await selector('.error', 'not_contains', '')).toBe('up');
  expect(await selector('h1', 'contains', '')).toBe(
    'down assertion_failed: Selector h1 finds nothing, expected it to be there.',
  );
});

test('the days that a certificate has left, and the time of a handshake', async () => {
  const certificate = await probe.authority.issue({ addresses: ['127.0.0.1'], notAfter: daysFromNow(20.5) });
  const secure = await listenHttp((response) => response.end(), { certificate });
  const plain = await listenHttp((response) => response.end());
  const check = async (url: string, assertion: Assertion) => {
    const { outcome, reason } = await probe.check(url, { assertions: [assertion] });
    return reason ?? outcome;
  };
  const days = { subject: 'certificate', comparator: 'greater_than', value: 19 } as const;
  expect(await check(secure.url, days)).toBe('up');
  expect(await check(secure.url, { ...days, value: 30 })).toBe(
    'Time left of the certificate in days is 20, expected it to be more than 30.',
  );
  expect(await check(plain.url, days)).toBe('There is no certificate: the target is plain HTTP.');
  const handshake = { subject: 'latency', name: 'tls', comparator: 'less_than', value: 60_000 } as const;
  expect(await check(secure.url, handshake)).toBe('up');
  expect(await check(plain.url, handshake)).toBe(
    'The TLS handshake did not happen: the target is plain HTTP, expected less than 60000 ms.',
  );
});

test('a search through a large document takes the time of one walk', async () => {
  const nest = `${'['.repeat(40)}1${']'.repeat(40)}`;
  const body = `[${Array.from({ length: 5000 }, () => nest).join(',')}]`;
  const startedAt = performance.now();
  expect(
    await judged({ subject: 'json', name: '$..absent', comparator: 'equals', value: 1 }, { body }),
  ).toContain('leads to nothing');
  expect(performance.now() - startedAt).toBeLessThan(5000);
});

test('a large pattern looks at the beginning of a long body, and says how much of it', async () => {
  const body = 'ab'.repeat(500_000);
  const startedAt = performance.now();
  expect(await judged({ subject: 'body', comparator: 'matches', value: '\\pL{1000}\\d' }, { body })).toMatch(
    /expected it to match .* within its first \d{4} characters\.$/,
  );
  expect(performance.now() - startedAt).toBeLessThan(3000);
  expect(await judged({ subject: 'body', comparator: 'matches', value: '^(ab)+' }, { body })).toBe('up');
});

test('a header, whatever the case of its name', async () => {
  const header = { subject: 'header', name: 'X-Version', comparator: 'equals', value: '2' } as const;
  expect(await judged(header, { headers: { 'x-version': '2' } })).toBe('up');
  expect(await judged(header, { headers: { 'x-version': '3' } })).toBe(
    'down assertion_failed: Header X-Version is “3”, expected it to equal 2.',
  );
  expect(await judged(header)).toBe(
    'down assertion_failed: Header X-Version is missing, expected it to equal 2.',
  );
  expect(await judged({ ...header, comparator: 'not_equals' })).toBe('up');
});

test('a latency that must not be passed', async () => {
  expect(await judged({ subject: 'latency', comparator: 'less_than', value: 9000 })).toBe('up');
  expect(await judged({ subject: 'latency', comparator: 'greater_than', value: 50_000 })).toMatch(
    /^down assertion_failed: The whole answer took \d+ ms, expected more than 50000 ms\.$/,
  );
});

test('the first assertion that fails is the one that is said', async () => {
  const target = await listenHttp((response) => response.end('no'));
  const assertions = [
    { subject: 'status', comparator: 'equals', value: 200 },
    { subject: 'body', comparator: 'equals', value: 'first' },
    { subject: 'body', comparator: 'equals', value: 'second' },
  ] as const satisfies Assertion[];
  expect((await probe.check(target.url, { assertions: [...assertions] })).reason).toBe(
    'Body is “no”, expected it to equal first.',
  );
});

test('what a hostile target says is harmless in a sentence', async () => {
  const body = `\u0000\u001b[2J\u202eevil\u2028\r\n<script>${'x'.repeat(500)}`;
  const said = await judged({ subject: 'body', comparator: 'equals', value: 'ok' }, { body });
  expect(said).toMatch(/^[\p{L}\p{N}\p{P}\p{S} ]+$/u);
  expect(said).toContain('\\u0000\\u001b[2J\\u202eevil\\u2028↵<script>');
  expect(said.length).toBeLessThan(300);
});

test('a body is read in the charset that it declares', async () => {
  const contains = { subject: 'body', comparator: 'contains', value: 'café' } as const;
  const latin1 = Buffer.from('un café', 'latin1');
  expect(
    await judged(contains, { body: latin1, headers: { 'content-type': 'text/html; charset=iso-8859-1' } }),
  ).toBe('up');
  expect(
    await judged(contains, { body: 'un café', headers: { 'content-type': 'text/html; charset=nonsense' } }),
  ).toBe('up');
  expect(await judged(contains, { body: latin1 })).toContain('down');
});
