import { expect, onTestFinished, test } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { openEventStream } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const { alice, charlie, database, visitor } = world;

const COOKIE = 'statuswatch_session';

/** Another browser of alice's. */
async function another(userAgent = 'Mozilla/5.0 (Elsewhere)') {
  const client = visitor();
  const credentials = { email: alice.email, password: PASSWORD };
  await client.send('auth.login', credentials, { 'user-agent': userAgent });
  return client;
}

async function ownSession(client: ApiClient) {
  const { sessions } = await client.call('sessions.list');
  const own = sessions.find(({ isCurrent }) => isCurrent);
  if (own === undefined) throw new Error('The session that asks is not in the list.');
  return own;
}

test('alice sees where she is signed in, with what and from where, her own session first', async () => {
  const client = await another('Mozilla/5.0 (On the train)');
  const { sessions } = await alice.call('sessions.list');
  expect(sessions.map(({ isCurrent }) => isCurrent)).toEqual([true, ...sessions.slice(1).map(() => false)]);
  expect(sessions).toContainEqual({
    id: (await ownSession(client)).id,
    isCurrent: false,
    createdAt: expect.any(String),
    lastUsedAt: expect.any(String),
    ipAddress: client.address,
    userAgent: 'Mozilla/5.0 (On the train)',
    expiresAt: expect.any(String),
  });
  const days = (Date.parse(sessions[0]?.expiresAt ?? '') - Date.now()) / 86_400_000;
  expect(days).toBeCloseTo(14, 1);
});

test('a session near its ninetieth day is listed with that end, and one that has ended not at all', async () => {
  const late = await another();
  const over = await another();
  const [lateId, overId] = [(await ownSession(late)).id, (await ownSession(over)).id];
  await database.admin(
    `update sessions set absolute_expires_at = '2100-01-01T00:00:00Z', expires_at = '2100-01-02T00:00:00Z'
       where public_id = $1`,
    [lateId],
  );
  await database.admin(`update sessions set absolute_expires_at = now() where public_id = $1`, [overId]);
  const { sessions } = await alice.call('sessions.list');
  expect(sessions.find(({ id }) => id === lateId)?.expiresAt).toBe('2100-01-01T00:00:00.000Z');
  expect(sessions.some(({ id }) => id === overId)).toBe(false);
});

const usedAgo = (id: string, interval: string) =>
  database.admin(`update sessions set last_used_at = now() - $2::interval where public_id = $1`, [
    id,
    interval,
  ]);

test('use moves when and from where a session was last used', async () => {
  const client = await another();
  const before = await ownSession(client);
  client.address = '198.18.77.1';
  await usedAgo(before.id, '2 minutes');
  await client.call('auth.me');
  const after = await eventually(async () => {
    const own = await ownSession(client);
    return own.ipAddress === '198.18.77.1' && own;
  });
  expect(Date.parse(after.lastUsedAt)).toBeGreaterThanOrEqual(Date.parse(before.lastUsedAt));
});

test('use is noted once a minute at most, and a request is answered though it cannot be noted', async () => {
  const within = await another();
  const due = await another();
  await usedAgo((await ownSession(within)).id, '50 seconds');
  await usedAgo((await ownSession(due)).id, '70 seconds');
  const notNoted = () => world.server.logLines.filter(({ event }) => event === 'sessions.use_not_noted');
  await database.admin('revoke update on sessions from statuswatch_identity');
  onTestFinished(async () => {
    await database.admin('grant update on sessions to statuswatch_identity');
  });
  await within.call('auth.me');
  await due.call('auth.me');
  await eventually(() => notNoted().length > 0);
  expect(notNoted()).toHaveLength(1);
});

test('alice ends a session elsewhere: it opens nothing more, and its stream ends within five seconds', async () => {
  const elsewhere = await another();
  const stream = await openEventStream(elsewhere);
  await eventually(() => stream.events.length > 0);
  const startedAt = performance.now();
  const { id } = await ownSession(elsewhere);
  expect(await alice.call('sessions.revoke', { sessionId: id })).toEqual({ revoked: 1 });
  expect((await elsewhere.refused('auth.me')).data.reason).toBe('not_signed_in');
  await eventually(() => stream.ended());
  expect(performance.now() - startedAt).toBeLessThan(5000);
  expect(await alice.call('sessions.revoke', { sessionId: id })).toEqual({ revoked: 0 });
  await alice.call('auth.me');
});

test('alice ends all sessions but her own', async () => {
  const others = [await another(), await another()];
  const { revoked } = await alice.call('sessions.revoke', { others: true });
  expect(revoked).toBeGreaterThanOrEqual(2);
  for (const other of others) expect((await other.refused('auth.me')).status).toBe(401);
  expect((await alice.call('sessions.list')).sessions.map(({ isCurrent }) => isCurrent)).toEqual([true]);
  await charlie.call('auth.me');
});

test('ending the session that asks signs out, in the browser too', async () => {
  const client = await another();
  const { id } = await ownSession(client);
  const answer = await client.send('sessions.revoke', { sessionId: id.toUpperCase() });
  expect(JSON.parse(answer.text).result.data).toEqual({ revoked: 1 });
  expect(String(answer.headers['set-cookie'])).toMatch(/^statuswatch_session=; .*Max-Age=0/);
  expect(client.cookies.has(COOKIE)).toBe(false);
});

test('a session of somebody else ends for nobody but them', async () => {
  const { id } = await ownSession(charlie);
  const foreign = await alice.send('sessions.revoke', { sessionId: id });
  const unknown = await alice.send('sessions.revoke', { sessionId: '00000000-0000-4000-8000-000000000000' });
  expect(foreign.text).toBe(unknown.text);
  expect(foreign.status).toBe(200);
  await charlie.call('auth.me');
});

test('an answer to a token that opens nothing takes no other token out of the browser', async () => {
  const client = visitor();
  client.cookies.set(COOKIE, 'a'.repeat(40));
  const answer = await client.refused('auth.me');
  expect(answer.status).toBe(401);
  expect(answer.headers['set-cookie']).toBeUndefined();
});
