import { expect, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { runProcess } from '../support/run-process.ts';
import { openDatabase } from '../support/test-database.ts';
import { freePort, serverEnvironment } from '../support/test-server.ts';
import { addRegion } from '../support/world.ts';

const database = await openDatabase();
await addRegion(database, 'local');
const port = await freePort();
const server = runProcess('server/main.ts', serverEnvironment(database, port));
await server.event('server.started');

const PASSWORD = 'Very-Secret-Horse-77';
const alice = new ApiClient(`http://localhost:${port}`);
const { tenant } = await alice.call('auth.register', {
  organizationName: 'Acme',
  email: 'alice@acme.example',
  password: PASSWORD,
  passwordConfirmation: PASSWORD,
});
await alice.call('auth.login', { email: 'alice@acme.example', password: PASSWORD });
await alice.refused('auth.login', { email: 'alice@acme.example', password: 'Wrong-Secret-Horse-78' });

const lineOf = (requestId: unknown) =>
  eventually(() =>
    server.lines().find((line) => line.event === 'http.request' && line.requestId === requestId),
  );

test('every line is JSON, with a level, an instant and the name of the process', async () => {
  await alice.call('monitors.list');
  const text = server.output().trim().split('\n');
  for (const line of text) {
    expect(JSON.parse(line)).toMatchObject({
      level: expect.stringMatching(/^(debug|info|warn|error)$/),
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      process: 'server',
    });
  }
});

test('a request can be found by the id that its answer carried, and says whose it was', async () => {
  const answer = await alice.send('monitors.list');
  expect(await lineOf(answer.headers['x-request-id'])).toMatchObject({
    level: 'info',
    method: 'GET',
    path: '/trpc/monitors.list',
    status: 200,
    tenantId: tenant.id,
    durationMs: expect.any(Number),
  });
});

test('an id that a proxy gave is kept, one that nobody would give is not', async () => {
  const kept = await alice.send('monitors.list', undefined, { 'x-request-id': 'proxy-id-0123456789' });
  expect(kept.headers['x-request-id']).toBe('proxy-id-0123456789');
  await lineOf('proxy-id-0123456789');
  const strange = await alice.send('monitors.list', undefined, { 'x-request-id': '"},{"a' });
  expect(strange.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
});

test('what people do with accounts has a stable event name', async () => {
  await server.event('security.registered');
  await server.event('security.signed_in');
  const other = new ApiClient(`http://localhost:${port}`);
  await other.call('auth.login', { email: 'alice@acme.example', password: PASSWORD });
  await other.call('auth.logout');
  await server.event('security.signed_out');
  expect((await server.event('security.sign_in_refused')).level).toBe('warn');
});

test('an error of ours is told with its cause, and without what it was about', async () => {
  await database.admin('revoke select on users from statuswatch_identity');
  try {
    const refusal = await alice.refused('auth.login', { email: 'bob@acme.example', password: PASSWORD });
    expect(refusal.status).toBe(500);
    expect(refusal.message).toBe(
      'Something went wrong on our side. Nothing was lost; try again in a moment.',
    );
    expect(refusal.text).not.toMatch(/permission|users|statuswatch_identity/);
    const line = await eventually(() =>
      server
        .lines()
        .find((each) => each.event === 'api.failed' && each.requestId === refusal.headers['x-request-id']),
    );
    expect(JSON.stringify(line)).toContain('permission denied for table users');
    expect(JSON.stringify(line)).not.toContain('bob@acme.example');
  } finally {
    await database.admin('grant select on users to statuswatch_identity');
  }
});

test('an error while an account is made does not put the password’s hash into the log', async () => {
  await database.admin('revoke insert on members from statuswatch_identity');
  try {
    const refusal = await alice.refused('auth.register', {
      organizationName: 'Leaky',
      email: 'leaky@leaky.example',
      password: PASSWORD,
      passwordConfirmation: PASSWORD,
    });
    expect(refusal.status).toBe(500);
  } finally {
    await database.admin('grant insert on members to statuswatch_identity');
  }
});

test('in all that was logged there is no password, no hash, no session and no cookie', async () => {
  const output = server.output();
  const [session = ''] = alice.cookies.values();
  expect(session).toHaveLength(40);
  for (const secret of [
    PASSWORD,
    'Wrong-Secret-Horse-78',
    '$argon2id',
    session,
    'statuswatch_session',
    'leaky@leaky.example',
  ]) {
    expect(output).not.toContain(secret);
  }
});
