import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { keepSealed } from '../../server/domains/monitoring/keep-sealed.ts';
import { NO_SECRETS } from '../../shared/checks/http-secrets.ts';
import { KeyRing } from '../../shared/secrets/key-ring.ts';
import { openMonitorSecrets, sealMonitorSecrets } from '../../shared/secrets/monitor-secrets.ts';
import { ApiClient } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { MONITOR_KEY, MONITOR_KEYS } from '../support/monitor-key.ts';
import { openSecretiveWorld } from '../support/secretive-world.ts';
import { somebodyWaits } from '../support/somebody-waits.ts';
import { openServer } from '../support/test-server.ts';
import { PASSWORD } from '../support/world.ts';

const NEW_KEY = randomBytes(32);
const oldRing = new KeyRing(MONITOR_KEYS);
const newRing = new KeyRing([NEW_KEY]);
const world = await openSecretiveWorld();
const { alice, charlie, database, secrets, whole, create } = world;

const sealedWith = async (monitorId: string) => (await row(monitorId)).sealed_with;
const row = async (monitorId: string) => {
  const [found] = await database.admin<{
    sealed: Buffer;
    sealed_with: string | null;
    http: unknown;
    updated_at: Date;
  }>('select sealed, sealed_with, http, updated_at from monitors where id = $1', [monitorId]);
  if (found === undefined) throw new Error('There is no such monitor.');
  return found;
};
const keyOf = (monitorId: string, tenantId = alice.tenant.id) => ({ tenantId, monitorId });

const acmes = await create(whole());
const charlies = await charlie.call('monitors.create', {
  name: 'Theirs',
  kind: 'http',
  target: 'https://example.com/theirs',
  http: { body: 'hush' },
});
const plain = await create({ headers: { Accept: 'text/html' } });
const old = await create({});
await database.admin(`update monitors set http = http || $2 where id = $1`, [
  old.id,
  { headers: { Cookie: 'hush-old', Accept: 'text/html' }, body: 'hush-old-body' },
]);
const lost = await create(whole());
const foreignRing = new KeyRing([randomBytes(32)]);
const foreign = sealMonitorSecrets(foreignRing, keyOf(lost.id), { ...NO_SECRETS, body: 'gone' });
await database.admin('update monitors set sealed = $2, sealed_with = $3 where id = $1', [
  lost.id,
  foreign.sealed,
  foreign.sealedWith,
]);
await database.admin(
  `insert into check_requests (tenant_id, region, sealed_spec, requested_at)
    values ($1, 'local', '\\x00', now() - interval '61 seconds')`,
  [charlie.tenant.id],
);
const before = await row(acmes.id);
await world.server.stop();
/** The server as an operator starts it in the middle of a rotation. */
const rotating = await openServer(database, {
  MONITOR_KEY: `${NEW_KEY.toString('base64')},${MONITOR_KEY}`,
});

test('a server that starts with a new key in front seals everything with it, and nobody sees a change', async () => {
  for (const id of [acmes.id, charlies.id, old.id]) {
    await eventually(async () => (await sealedWith(id)) === newRing.sealsWith);
  }
  const after = await row(acmes.id);
  expect(after.updated_at).toEqual(before.updated_at);
  expect(after.http).toEqual(before.http);
  expect(openMonitorSecrets(newRing, keyOf(acmes.id), after.sealed)).toEqual(
    openMonitorSecrets(oldRing, keyOf(acmes.id), before.sealed),
  );
  const theirs = await row(charlies.id);
  expect(openMonitorSecrets(newRing, keyOf(charlies.id, charlie.tenant.id), theirs.sealed).body).toBe('hush');
});

test('what was stored in the open, before there were seals, is sealed too, and a monitor without secrets left alone', async () => {
  const sealed = await row(old.id);
  expect(JSON.stringify(sealed.http)).not.toContain('hush');
  expect(sealed.http).toMatchObject({ headers: { Cookie: null, Accept: 'text/html' }, body: null });
  expect(openMonitorSecrets(newRing, keyOf(old.id), sealed.sealed)).toMatchObject({
    headers: { Cookie: 'hush-old' },
    body: 'hush-old-body',
  });
  expect(await row(plain.id)).toMatchObject({ sealed: null, sealed_with: null });
});

test('what no key opens stays as it is, and the operator is told', async () => {
  const told = await eventually(() =>
    rotating.logLines.find(
      ({ event, tenantId }) => event === 'secrets.key_missing' && tenantId === alice.tenant.id,
    ),
  );
  expect(told).toMatchObject({ level: 'warn', monitors: 1, monitorId: lost.id });
  expect(await row(lost.id)).toMatchObject({ sealed: foreign.sealed, sealed_with: foreign.sealedWith });
});

test('a draft whose server went away is swept', async () => {
  await eventually(async () => (await database.admin('select from check_requests')).length === 0);
});

test('a server says with which key it seals, and nothing of the keys themselves', () => {
  const line = rotating.logLines.find(({ event }) => event === 'secrets.keys');
  expect(line).toMatchObject({
    sealsWith: newRing.sealsWith,
    opens: [newRing.sealsWith, oldRing.sealsWith],
  });
  expect(JSON.stringify(rotating.logLines)).not.toContain(MONITOR_KEY);
});

test('what somebody changes while it is being sealed anew is what is sealed', async () => {
  const { tenant, log } = rotating.services;
  const acme = tenant(alice.tenant.id);
  const changed = sealMonitorSecrets(oldRing, keyOf(acmes.id), { ...NO_SECRETS, body: 'hush-changed' });
  await database.admin('update monitors set sealed = $2, sealed_with = $3 where id = $1', [
    acmes.id,
    before.sealed,
    before.sealed_with,
  ]);
  const sealing = await database.as('app', async (client) => {
    await client.query(`begin; set local app.tenant_id = '${alice.tenant.id}'`);
    await client.query('update monitors set sealed = $2 where id = $1', [acmes.id, changed.sealed]);
    const kept = keepSealed(acme, log);
    await somebodyWaits(database);
    await client.query('commit');
    return { kept };
  });
  await sealing.kept;
  const after = await row(acmes.id);
  expect(after.sealed_with).toBe(newRing.sealsWith);
  expect(openMonitorSecrets(newRing, keyOf(acmes.id), after.sealed).body).toBe('hush-changed');
});

test('the next edit is sealed with the new key, and what it does not mention is kept', async () => {
  const bob = new ApiClient(rotating.origin);
  await bob.call('auth.login', { email: 'bob@acme.example', password: PASSWORD });
  const made = await bob.call('monitors.create', {
    name: 'Made since',
    kind: 'http',
    target: 'https://example.com/since',
    http: whole(),
  });
  await bob.call('monitors.update', { monitorId: made.id, http: { followRedirects: false } });
  const after = await row(made.id);
  expect(after.sealed_with).toBe(newRing.sealsWith);
  expect(openMonitorSecrets(newRing, keyOf(made.id), after.sealed).auth).toBe(secrets.password);
});
