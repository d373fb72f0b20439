import { expect, test } from 'vitest';
import { openSecretiveWorld } from '../support/secretive-world.ts';

const world = await openSecretiveWorld();
const { alice, bob, victor, database, server, secrets, whole, create, stored } = world;

test('a copy has the secrets too, sealed for itself', async () => {
  const made = await create(whole());
  const copy = await bob.call('monitors.duplicate', { monitorId: made.id });
  expect(copy.http).toEqual(made.http);
  const [original, copied] = [await stored(made.id), await stored(copy.id)];
  expect(copied.secrets).toEqual(original.secrets);
  // What was sealed for one row opens in no other.
  const acme = server.services.tenant(alice.tenant.id);
  expect(() => acme.secrets.open(copy.id, original.sealed)).toThrow('damaged, or belongs elsewhere');
});

test('what was stored in the open, before there were seals, is answered as secretly', async () => {
  const made = await create({});
  await database.admin(`update monitors set http = http || $2 where id = $1`, [
    made.id,
    { headers: { Authorization: 'hush-old' }, body: 'hush-old-body', auth: undefined },
  ]);
  const seen = await bob.call('monitors.get', { monitorId: made.id });
  expect(seen.http).toMatchObject({ headers: { Authorization: null }, body: 'hush-old-body' });
  expect((await victor.call('monitors.get', { monitorId: made.id })).http.body).toBeNull();
  const elsewhere = await bob.refused('monitors.update', {
    monitorId: made.id,
    target: 'https://b.example.net/',
  });
  expect(elsewhere.data.fields).toHaveProperty(['http.headers.Authorization']);
  await bob.call('monitors.update', { monitorId: made.id, http: { followRedirects: false } });
  const row = await stored(made.id);
  expect(row.secrets).toMatchObject({ headers: { Authorization: 'hush-old' }, body: 'hush-old-body' });
  expect(JSON.stringify(row.http)).not.toContain('hush');
});

test('with its key gone a monitor is still shown, renamed, and given new secrets, but not copied', async () => {
  const made = await create(whole());
  await database.admin(
    `update monitors set sealed = set_byte(sealed, 1, get_byte(sealed, 1) # 1) where id = $1`,
    [made.id],
  );
  const seen = await bob.call('monitors.get', { monitorId: made.id });
  expect(seen.http).toMatchObject({ headers: { 'X-Api-Key': null }, body: null, auth: { password: null } });
  // What may come back with the key is left alone, and given up only by who says what is there instead.
  const { sealed } =
    (await database.admin<{ sealed: Buffer }>('select sealed from monitors where id = $1', [made.id]))[0] ??
    {};
  await bob.call('monitors.update', {
    monitorId: made.id,
    name: 'Still here',
    target: `${made.target}-moved`,
  });
  const unsaid = await bob.refused('monitors.update', {
    monitorId: made.id,
    http: { headers: {}, auth: { type: 'none' }, clientCertificate: null },
  });
  expect(unsaid.data.fields).toEqual({ 'http.body': expect.stringContaining('Give the body anew') });
  expect(await database.admin('select sealed from monitors where id = $1', [made.id])).toEqual([{ sealed }]);
  const kept = await bob.refused('monitors.update', { monitorId: made.id, http: seen.http });
  expect(kept.data.fields).toEqual({
    'http.headers.X-Api-Key': 'Give a value.',
    'http.auth.password': 'Give a password.',
    'http.clientCertificate.key': 'Paste the private key as PEM.',
    'http.body': 'Write the query, such as { health }.',
  });
  const copied = await bob.refused('monitors.duplicate', { monitorId: made.id });
  expect(copied.data.reason).toBe('conflict');
  await bob.call('monitors.update', { monitorId: made.id, http: whole() });
  expect((await stored(made.id)).secrets.auth).toBe(secrets.password);
});
