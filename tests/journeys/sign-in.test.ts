import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const { alice, bob, charlie, database, server, visitor } = world;

const COOKIE = 'statuswatch_session';
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

test('a wrong password and an unknown email are one and the same answer', async () => {
  const wrong = await visitor().refused('auth.login', {
    email: alice.email,
    password: 'Wrong-Horse-7-Battery',
  });
  const unknown = await visitor().refused('auth.login', { email: 'nobody@acme.example', password: PASSWORD });
  expect(wrong.status).toBe(401);
  expect(wrong.data.reason).toBe('invalid_credentials');
  expect(unknown.text).toBe(wrong.text);
});

test('an unknown email takes as long as a wrong password', async () => {
  const timed = async (email: string) => {
    const startedAt = performance.now();
    await visitor().refused('auth.login', { email, password: 'Wrong-Horse-7-Battery' });
    return performance.now() - startedAt;
  };
  // The least of many is what the work takes; what else the machine does comes on top. Busy, it needs more of them.
  const least = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY };
  const isTold = () => least.known / least.unknown < 0.5 || least.known / least.unknown > 2;
  for (let turn = 0; turn < 4 || (isTold() && turn < 60); turn++) {
    least.known = Math.min(least.known, await timed(alice.email));
    least.unknown = Math.min(least.unknown, await timed('nobody@acme.example'));
  }
  expect(isTold(), JSON.stringify(least)).toBe(false);
});

test('bob is signed in to the organization he belongs to, with his role there', async () => {
  const me = await bob.call('auth.me');
  expect(me.tenant?.id).toBe(alice.tenant.id);
  expect(me.role).toBe('member');
});

test('the session cookie is closed to scripts and other sites, and the database holds only its hash', async () => {
  const client = visitor();
  const answer = await client.send('auth.login', { email: alice.email, password: PASSWORD });
  const cookie = String(answer.headers['set-cookie']);
  expect(cookie).toMatch(/^statuswatch_session=[a-z0-9]{40}; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax$/);
  const id = client.cookies.get(COOKIE) ?? '';
  const rows = await database.admin<{ id_hash: string }>('select * from sessions');
  expect(rows.map((row) => row.id_hash)).toContain(hash(id));
  expect(JSON.stringify(rows)).not.toContain(id);
  expect(answer.text).not.toContain(id);
});

test('cookies that other programs left on the same host are no hindrance', async () => {
  const client = visitor();
  client.cookies.set('theirs', '%E0%A4%A');
  client.cookies.set('nothing', '"{[;');
  await client.call('auth.login', { email: alice.email, password: PASSWORD });
  expect((await client.call('auth.me')).user.email).toBe(alice.email);
  for (const value of ['%E0%A4%A', '%00', 'x'.repeat(5000), '"', 'a=b']) {
    client.cookies.set(COOKIE, value);
    expect((await client.refused('auth.me')).status).toBe(401);
    expect((await client.send('auth.logout')).status).toBe(200);
  }
});

test('signing in again gives a new session and ends the one before it', async () => {
  const client = visitor();
  await client.call('auth.login', { email: alice.email, password: PASSWORD });
  const first = client.cookies.get(COOKIE) ?? '';
  await client.call('auth.login', { email: alice.email, password: PASSWORD });
  expect(client.cookies.get(COOKIE)).not.toBe(first);
  const old = visitor();
  old.cookies.set(COOKIE, first);
  expect((await old.refused('auth.me')).data.reason).toBe('not_signed_in');
});

test('logging out ends the session on the server, not only in the browser', async () => {
  const client = visitor();
  await client.call('auth.login', { email: alice.email, password: PASSWORD });
  const id = client.cookies.get(COOKIE) ?? '';
  await client.call('auth.logout');
  expect(client.cookies.has(COOKIE)).toBe(false);
  const thief = visitor();
  thief.cookies.set(COOKIE, id);
  expect((await thief.refused('auth.me')).status).toBe(401);
  expect(await database.admin('select 1 from sessions where id_hash = $1', [hash(id)])).toEqual([]);
  // A second time is no error: the person wanted to be out, and is.
  await client.call('auth.logout');
});

test('a session idle for two weeks is no more, however new its cookie', async () => {
  const client = visitor();
  await client.call('auth.login', { email: alice.email, password: PASSWORD });
  const id = client.cookies.get(COOKIE) ?? '';
  await database.admin(`update sessions set expires_at = now() - interval '1 second' where id_hash = $1`, [
    hash(id),
  ]);
  expect((await client.refused('auth.me')).status).toBe(401);
});

test('a session in daily use ends after ninety days all the same', async () => {
  const client = visitor();
  await client.call('auth.login', { email: alice.email, password: PASSWORD });
  const id = client.cookies.get(COOKIE) ?? '';
  const [row] = await database.admin<{ days: number }>(
    'select extract(epoch from absolute_expires_at - now())::float8 / 86400 as days from sessions where id_hash = $1',
    [hash(id)],
  );
  expect(row?.days).toBeCloseTo(90, 1);
  await database.admin('update sessions set absolute_expires_at = now() where id_hash = $1', [hash(id)]);
  expect((await client.refused('auth.me')).status).toBe(401);
});

test('use renews a session that is past half of its idle time', async () => {
  const client = visitor();
  await client.call('auth.login', { email: alice.email, password: PASSWORD });
  const id = client.cookies.get(COOKIE) ?? '';
  await database.admin(`update sessions set expires_at = now() + interval '6 days' where id_hash = $1`, [
    hash(id),
  ]);
  await client.call('auth.me');
  const [row] = await database.admin<{ days: number }>(
    'select extract(epoch from expires_at - now())::float8 / 86400 as days from sessions where id_hash = $1',
    [hash(id)],
  );
  expect(row?.days).toBeCloseTo(14, 1);
});

test('the sweep removes what has run out and leaves the rest', async () => {
  const client = visitor();
  await client.call('auth.login', { email: alice.email, password: PASSWORD });
  const id = client.cookies.get(COOKIE) ?? '';
  const keeper = visitor();
  await keeper.call('auth.login', { email: alice.email, password: PASSWORD });
  await database.admin(`update sessions set expires_at = now() - interval '1 second' where id_hash = $1`, [
    hash(id),
  ]);
  await server.services.sessions.sweep();
  expect(await database.admin('select 1 from sessions where expires_at < now()')).toEqual([]);
  await keeper.call('auth.me');
});

test('someone of several organizations is asked which, and then signed in to that one', async () => {
  const second = await world.register("Charlie's Garage", 'garage@charlies.example');
  await visitor().call('auth.register', {
    organizationName: 'Charlie Two',
    email: charlie.email,
    password: PASSWORD,
    passwordConfirmation: PASSWORD,
  });
  const client = visitor();
  const credentials = { email: charlie.email, password: PASSWORD };
  const answer = await client.call('auth.login', credentials);
  expect(answer).toEqual({
    status: 'multiple_tenants',
    tenants: [
      { id: expect.any(String), name: 'Charlie Two', slug: 'charlie-two' },
      { id: charlie.tenant.id, name: "Charlie's", slug: charlie.tenant.slug },
    ],
  });
  expect(client.cookies.size).toBe(0);
  expect(await client.call('auth.login', { ...credentials, tenantSlug: 'charlie-two' })).toEqual({
    status: 'signed_in',
  });
  expect((await client.call('auth.me')).tenant?.slug).toBe('charlie-two');

  const foreign = await visitor().refused('auth.login', { ...credentials, tenantSlug: second.tenant.slug });
  const wrong = await visitor().refused('auth.login', { ...credentials, password: 'Wrong-Horse-7-Battery' });
  expect(foreign.text).toBe(wrong.text);
});

test('an organization’s own host decides for itself which organization it is', async () => {
  const host = new ApiClient(`http://charlie-two.localhost:${server.port}`);
  expect(await host.call('auth.login', { email: charlie.email, password: PASSWORD })).toEqual({
    status: 'signed_in',
  });
  expect((await host.call('auth.me')).tenant?.slug).toBe('charlie-two');

  const foreign = new ApiClient(`http://${alice.tenant.slug}.localhost:${server.port}`);
  const refusal = await foreign.refused('auth.login', { email: charlie.email, password: PASSWORD });
  expect(refusal.data.reason).toBe('invalid_credentials');
});

test('a session taken to the host of another organization opens nothing there', async () => {
  const foreign = new ApiClient(`http://${alice.tenant.slug}.localhost:${server.port}`);
  for (const [name, value] of charlie.cookies) foreign.cookies.set(name, value);
  expect((await foreign.call('auth.me')).tenant).toBeNull();
  const refusal = await foreign.refused('monitors.list');
  expect(refusal.status).toBe(403);
  expect(refusal.data.reason).toBe('forbidden');
});

test('who is no member any more is out at once', async () => {
  const dave = await world.addMember(alice.tenant, 'member', 'dave@acme.example');
  await dave.call('monitors.list');
  await database.admin('delete from members where email = $1', [dave.email]);
  expect((await dave.refused('monitors.list')).data.reason).toBe('forbidden');
});

test('a viewer may look and change nothing', async () => {
  const vera = await world.addMember(alice.tenant, 'viewer', 'vera@acme.example');
  await vera.call('monitors.list');
  const refusal = await vera.refused('monitors.create', {
    name: 'x',
    kind: 'http',
    target: 'https://example.com',
  });
  expect(refusal.status).toBe(403);
  expect(refusal.message).toBe('Your role here is viewer; this takes member. Ask an owner to change it.');
});
