import { expect, test } from 'vitest';
import { openSecretiveWorld } from '../support/secretive-world.ts';

const { alice, bob, victor, create, database, freshTarget, secrets, shown, whole } = await openSecretiveWorld(
  {
    regions: ['a-east', 'b-west'],
  },
);
const { user } = await bob.call('auth.me');

/** What of a monitor's life was written down, the oldest first. */
async function entriesOf(monitorId: string) {
  const { items } = await alice.call('audit.list', { limit: 100 });
  return items.filter(({ subject }) => subject.id === monitorId).reverse();
}

/** What this does to a monitor, and the one entry that is written of it. */
async function written(monitorId: string, change: () => Promise<unknown>) {
  const before = await entriesOf(monitorId);
  await change();
  const [entry, ...others] = (await entriesOf(monitorId)).slice(before.length);
  if (entry === undefined) throw new Error('Nothing was written.');
  expect(others).toEqual([]);
  return entry;
}

test('who makes a monitor, changes it and removes it is written down, with what it was and became', async () => {
  const made = await bob.call('monitors.create', {
    name: 'Shop',
    kind: 'http',
    target: 'https://acme.example.com/shop',
    tags: ['eu'],
  });
  const created = {
    name: 'Shop',
    kind: 'http',
    target: 'https://acme.example.com/shop',
    intervalSeconds: 60,
    timeoutMs: 10_000,
    retries: 1,
    retryDelaySeconds: 5,
    recovery: 1,
    degradedAfterMs: null,
    certificateDays: 7,
    regions: ['a-east', 'b-west'],
    quorum: null,
    flapChanges: 4,
    flapWindowMinutes: 15,
    flapQuietMinutes: 5,
    tags: ['eu'],
    http: made.http,
    assertions: [],
  };
  expect(await entriesOf(made.id)).toEqual([
    {
      id: expect.any(String),
      at: expect.any(String),
      actor: { kind: 'user', id: user.id, name: user.name },
      action: 'monitor.created',
      subject: { kind: 'monitor', id: made.id, name: 'Shop' },
      before: {},
      after: created,
      address: bob.address,
    },
  ]);

  const { id: monitorId } = made;
  const changed = await written(monitorId, () =>
    bob.call('monitors.update', {
      monitorId,
      name: 'Shop 2',
      retries: 1,
      intervalSeconds: 30,
      assertions: [{ subject: 'status', comparator: 'equals', value: 200 }],
      http: { method: 'HEAD', headers: { Accept: 'text/html' } },
    }),
  );
  expect(changed).toMatchObject({
    action: 'monitor.updated',
    actor: { kind: 'user', id: user.id },
    subject: { kind: 'monitor', id: monitorId, name: 'Shop 2' },
    address: bob.address,
  });
  expect(changed.before).toEqual({
    name: 'Shop',
    intervalSeconds: 60,
    assertions: [],
    http: { method: 'GET', headers: {} },
  });
  expect(changed.after).toEqual({
    name: 'Shop 2',
    intervalSeconds: 30,
    assertions: [{ subject: 'status', comparator: 'equals', value: 200 }],
    http: { method: 'HEAD', headers: { Accept: 'text/html' } },
  });

  const removed = await written(monitorId, () => bob.call('monitors.remove', { monitorId }));
  expect(removed).toMatchObject({ action: 'monitor.removed', after: {} });
  expect(removed.before).toEqual({
    ...created,
    ...(changed.after as object),
    http: { ...made.http, method: 'HEAD', headers: { Accept: 'text/html' } },
  });
});

test('pausing and resuming are written down where they change something', async () => {
  const { id: monitorId } = await create({});
  const paused = await written(monitorId, () => bob.call('monitors.pause', { monitorId }));
  expect(paused).toMatchObject({
    action: 'monitor.paused',
    before: { state: 'pending' },
    after: { state: 'paused' },
  });
  const resumed = await written(monitorId, async () => {
    await bob.call('monitors.pause', { monitorId });
    await bob.call('monitors.resume', { monitorId });
    await bob.call('monitors.resume', { monitorId });
  });
  expect(resumed).toMatchObject({
    action: 'monitor.resumed',
    actor: { id: user.id },
    before: { state: 'paused' },
    after: { state: 'pending' },
  });
});

test('a copy is written down as made, and says of what it is one', async () => {
  const { id: monitorId } = await create(whole());
  const copy = await bob.call('monitors.duplicate', { monitorId });
  const [entry, ...others] = await entriesOf(copy.id);
  expect(others).toEqual([]);
  expect(entry).toMatchObject({
    action: 'monitor.created',
    actor: { id: user.id },
    subject: { id: copy.id, name: 'Copy of Secretive' },
    before: {},
    after: { copyOf: 'Secretive', name: 'Copy of Secretive', target: copy.target },
  });
});

test('what changes nothing, and what is refused, is not written down', async () => {
  const { id: monitorId, http } = await create(whole());
  const before = await entriesOf(monitorId);
  await bob.call('monitors.update', { monitorId });
  await bob.call('monitors.update', { monitorId, name: 'Secretive', regions: ['b-west', 'a-east'], http });
  await bob.call('monitors.checkNow', { monitorId });
  await bob.refused('monitors.update', { monitorId, name: 'Mine', timeoutMs: 30_000, intervalSeconds: 10 });
  await victor.refused('monitors.update', { monitorId, name: 'Mine' });
  await victor.refused('monitors.remove', { monitorId });
  expect(await entriesOf(monitorId)).toEqual(before);
});

test('regions are written down under a name of their own, with whatever else changed', async () => {
  const { id: monitorId } = await create({});
  const entry = await written(monitorId, () =>
    bob.call('monitors.update', { monitorId, regions: ['b-west'], retries: 3 }),
  );
  expect(entry).toMatchObject({ action: 'monitor.regions_changed' });
  expect(entry.before).toEqual({ regions: ['a-east', 'b-west'], retries: 1 });
  expect(entry.after).toEqual({ regions: ['b-west'], retries: 3 });
});

test('of a secret that changed it is written which, never what it was or is', async () => {
  const { id: monitorId, http } = await create(whole());
  const change = (part: object) =>
    written(monitorId, () => bob.call('monitors.update', { monitorId, http: { ...http, ...part } }));
  const secret = '(secret)';
  const auth = { type: 'basic', username: 'robot', password: 'hush-new' } as const;
  const { certificate, key } = { certificate: shown.cert, key: secrets.key };
  const token = { type: 'bearer', token: 'hush-token' } as const;

  expect(await change({ auth })).toMatchObject({
    before: { http: { auth: { password: secret } } },
    after: { http: { auth: { password: secret } } },
  });
  expect(await change({ headers: { ...http.headers, 'X-Api-Key': 'hush-new' } })).toMatchObject({
    before: { http: { headers: { 'X-Api-Key': secret } } },
    after: { http: { headers: { 'X-Api-Key': secret } } },
  });
  const body = await change({ body: 'hush-body-new', headers: { 'X-Api-Key': null } });
  expect([body.before, body.after]).toEqual([
    { http: { headers: { Accept: 'text/html' }, body: secret } },
    { http: { headers: {}, body: secret } },
  ]);
  const variables = await change({ body: null, bodyType: 'text', graphqlVariables: null });
  expect([variables.before, variables.after]).toEqual([
    { http: { headers: {}, body: secret, bodyType: 'graphql', graphqlVariables: secret } },
    { http: { headers: { Accept: 'text/html' }, body: null, bodyType: 'text', graphqlVariables: null } },
  ]);
  const other = await change({ auth: token, clientCertificate: null });
  expect(other.before).toMatchObject({
    http: {
      auth: { type: 'basic', username: 'robot', password: secret },
      clientCertificate: { certificate: expect.stringMatching(/^SHA-256 ([0-9A-F]{2}:){31}/), key: secret },
    },
  });
  expect(other.after).toMatchObject({
    http: { auth: { type: 'bearer', token: secret }, clientCertificate: null },
  });
  const back = await change({ auth: token, clientCertificate: { certificate, key } });
  expect(back.after).toMatchObject({ http: { clientCertificate: { key: secret } } });

  const [rows] = await database.admin<{ text: string }>(
    `select string_agg(a::text, ' ') as text from audit_log a`,
  );
  for (const shape of ['hush', 'PRIVATE KEY']) expect(rows?.text).not.toContain(shape);
});

test('a long text is cut', async () => {
  const target = `${freshTarget()}?q=${'x'.repeat(1500)}`;
  const { id } = await create({ headers: { Accept: 'a'.repeat(4000) } }, target);
  const [entry] = await entriesOf(id);
  expect(entry?.after).toMatchObject({
    target: `${target.slice(0, 500)}…`,
    http: { headers: { Accept: `${'a'.repeat(500)}…` } },
  });
});
