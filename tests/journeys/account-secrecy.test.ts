import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { accountMailQueue, invitationMailQueue } from '../../shared/jobs/queues.ts';
import type { ApiClient, ProcedureName } from '../support/api-client.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

// Whether times tell who has an account is measured apart. Here it is that there is nothing to measure: the same is done.

const world = await openWorld();
const { alice, bob, charlie, database, server, visitor } = world;

// Mails are written later, and to people alone: no statement of theirs may be among those of a call.
for (const { name } of [accountMailQueue, invitationMailQueue]) await server.services.boss.offWork(name);

const IDENTITY = new URL(database.urls.identity).username;

/** Calls a procedure; gives what the asker gets to see, what the database was asked in order, and the jobs that were sent. */
async function workOf(client: ApiClient, name: ProcedureName, input: unknown) {
  const before = await jobs();
  const query = vi.spyOn(pg.Client.prototype, 'query');
  onTestFinished(() => query.mockRestore());
  const { status, text, headers } = await client.send(name, input);
  const clients = query.mock.contexts as pg.Client[]; // whose method it is
  const asked = query.mock.calls.filter((_, index) => clients[index]?.user === IDENTITY);
  query.mockRestore();
  return {
    seen: { status, text, headers: Object.keys(headers).sort() },
    statements: asked.map(([statement]) => textOf(statement)),
    jobs: (await jobs()).slice(before.length),
  };
}

/** Values are left out, and which organization it is for: they are what differs. */
function textOf(statement: unknown): string {
  const text =
    typeof statement === 'object' && statement !== null && 'text' in statement ? statement.text : statement;
  return String(text).replace(/app\.tenant_id = '[0-9a-f-]{36}'/, 'app.tenant_id = …');
}

const jobs = () =>
  database.admin<{ kind: string; user_id: string | null }>(
    `select data->>'kind' as kind, data->>'userId' as user_id from pgboss.job where name = $1
       order by created_on, id`,
    [accountMailQueue.name],
  );

const userIdOf = async (client: ApiClient) => (await client.call('auth.me')).user.id;

test('a new password is asked for with the same answer and the same work, whether there is an account or not', async () => {
  const userId = await userIdOf(alice);
  const known = await workOf(visitor(), 'auth.requestPasswordReset', { email: alice.email });
  const unknown = await workOf(visitor(), 'auth.requestPasswordReset', { email: 'nobody@acme.example' });
  expect(JSON.parse(known.seen.text).result.data).toEqual({ status: 'sent' });
  expect(unknown.seen).toEqual(known.seen);
  expect(unknown.statements).toEqual(known.statements);
  expect(known.statements.length).toBeGreaterThan(3);
  expect(known.jobs).toEqual([{ kind: 'reset_password', user_id: userId }]);
  expect(unknown.jobs).toEqual([{ kind: 'reset_password', user_id: null }]);
});

test('another address is asked for with the same answer and the same work, whether it has an account or not', async () => {
  const userId = await userIdOf(bob);
  const ask = (email: string) => workOf(bob, 'auth.requestEmailChange', { email, currentPassword: PASSWORD });
  const free = await ask('nobody@acme.example');
  const taken = await ask(charlie.email);
  expect(JSON.parse(free.seen.text).result.data).toEqual({ status: 'sent' });
  expect(taken.seen).toEqual(free.seen);
  expect(taken.statements).toEqual(free.statements);
  expect(free.statements.length).toBeGreaterThan(3);
  expect(free.jobs).toEqual([{ kind: 'change_email', user_id: userId }]);
  expect(taken.jobs).toEqual([{ kind: 'change_email', user_id: null }]);
  expect((await bob.call('auth.me')).user.pendingEmail).toBe(charlie.email);
});

test('a wrong password and an unknown email are refused after the same work', async () => {
  const password = 'Wrong-Horse-7-Battery';
  const known = await workOf(visitor(), 'auth.login', { email: alice.email, password });
  const unknown = await workOf(visitor(), 'auth.login', { email: 'nobody@acme.example', password });
  expect(known.seen.status).toBe(401);
  expect(unknown.seen).toEqual(known.seen);
  expect(unknown.statements).toEqual(known.statements);
});

test('an organization is registered with the same answer and the same work, whether the address may have it or not', async () => {
  const password = 'Wrong-Horse-7-Battery';
  const register = (organizationName: string, email: string) =>
    workOf(visitor(), 'auth.register', { organizationName, email, password, passwordConfirmation: password });
  const known = await register('Known', alice.email);
  const unknown = await register('Other', 'nobody@acme.example');
  const shown = (work: typeof known) => ({
    ...work.seen,
    text: work.seen.text.replace(/[0-9a-f-]{36}|Known|known|Other|other/g, '…'),
  });
  expect(known.seen.status).toBe(200);
  expect(shown(unknown)).toEqual(shown(known));
  // What was made for nobody is taken back where it would be kept.
  const [kept, takenBack] = ['release savepoint done', 'rollback to savepoint done'];
  expect(known.statements).toContain(takenBack);
  expect(unknown.statements).toEqual(known.statements.map((each) => (each === takenBack ? kept : each)));
  expect(known.jobs).toEqual([{ kind: 'registration_refused', user_id: await userIdOf(alice) }]);
  expect(unknown.jobs).toEqual([{ kind: 'verify_email', user_id: expect.any(String) }]);
  const made = await database.admin(`select name from tenants where name in ('Known', 'Other')`);
  expect(made).toEqual([{ name: 'Other' }]);
  expect(await database.admin(`select 1 from users where email like '%invalid'`)).toEqual([]);
});

test('somebody is invited with the same answer and the same work, whether there is an account or not', async () => {
  const invite = (email: string) => workOf(alice, 'members.invite', { email, role: 'viewer' });
  const known = await invite(charlie.email);
  const unknown = await invite('somebody.else@acme.example');
  const { email: _known, id: _id, ...shown } = JSON.parse(known.seen.text).result.data;
  expect(Object.keys(JSON.parse(unknown.seen.text).result.data).sort()).toEqual(
    ['email', 'id', ...Object.keys(shown)].sort(),
  );
  expect(unknown.seen.status).toBe(known.seen.status);
  expect(unknown.seen.headers).toEqual(known.seen.headers);
  expect(unknown.statements).toEqual(known.statements);
  expect(known.statements.length).toBeGreaterThan(8);
});
