import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { tooManyTries } from '../../shared/accounts/rate-limit.ts';
import { ApiClient, type RefusedAnswer, refusalIn } from '../support/api-client.ts';
import { openGate } from '../support/gate.ts';
import { openServer } from '../support/test-server.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const { alice, bob, database, server, visitor } = world;
/** Behind no proxy that it trusts. */
const bare = await openServer(database, { TRUSTED_PROXIES: '' });
const gate = await openGate(database.urls.identity);
const cutOff = await openServer(database, { IDENTITY_DATABASE_URL: gate.url });

const WRONG = 'Wrong-Horse-7-Battery';

const form = (number: number, more: Record<string, string> = {}) => ({
  organizationName: `Limited ${number}`,
  email: `owner${number}@limited.example`,
  password: PASSWORD,
  passwordConfirmation: PASSWORD,
  ...more,
});

function expectLimited(refusal: RefusedAnswer): void {
  expect([refusal.status, refusal.data.reason]).toEqual([429, 'rate_limited']);
  expect(refusal.data.retryAfterSeconds).toBeGreaterThan(0);
  expect(refusal.headers['retry-after']).toBe(String(refusal.data.retryAfterSeconds));
  expect(refusal.message).toBe(tooManyTries(refusal.data.retryAfterSeconds ?? 0));
}

/** An answer without how many seconds and minutes it named. */
const withoutWait = ({ text }: RefusedAnswer) =>
  text.replace(/"retryAfterSeconds":\d+/, '').replace(/in (an hour|\d+ minutes)\./, '');

test('the sixth registration from an address is refused, and those from others are not', async () => {
  const office = visitor();
  for (let number = 1; number <= 5; number++) await office.call('auth.register', form(number));
  expectLimited(await office.refused('auth.register', form(6)));
  expect(await database.admin(`select 1 from users where email = 'owner6@limited.example'`)).toEqual([]);
  await visitor().call('auth.register', form(6));
});

test('a form that was filled in wrong is no registration', async () => {
  const office = visitor();
  for (let number = 0; number < 7; number++) {
    const refusal = await office.refused('auth.register', form(10, { password: 'short' }));
    expect(refusal.data.reason).toBe('invalid_input');
  }
  await office.call('auth.register', form(10));
});

test('what fails on our side takes no try away', async () => {
  const office = visitor();
  await database.admin('revoke insert on members from statuswatch_identity');
  try {
    for (let number = 0; number < 6; number++) {
      expect((await office.refused('auth.register', form(20))).data.reason).toBe('internal');
    }
  } finally {
    await database.admin('grant insert on members to statuswatch_identity');
  }
  await office.call('auth.register', form(20));
  expect(server.takeErrors().length).toBeGreaterThan(0);
});

test('ten wrong passwords are judged, the eleventh is not, and those that were right do not count', async () => {
  const home = visitor();
  const signIn = (password: string) => home.send('auth.login', { email: alice.email, password });
  for (let turn = 0; turn < 9; turn++) {
    expect((await signIn(WRONG)).status).toBe(401);
    expect((await signIn(PASSWORD)).status).toBe(200);
  }
  expect((await signIn(WRONG)).status).toBe(401);
  expectLimited(refusalIn(await signIn(WRONG)));
  expectLimited(refusalIn(await signIn(PASSWORD)));
  const events = server.logLines.filter(({ event }) => event === 'security.rate_limited');
  expect(events.at(-1)).toMatchObject({ level: 'warn', limit: 'login', ipAddress: home.address });
  expect(JSON.stringify(events)).not.toContain(alice.email);
});

test('to be asked which organization is meant is no failure either', async () => {
  const person = { email: 'two@two.example', password: PASSWORD };
  for (const organizationName of ['First of two', 'Second of two']) {
    await visitor().call('auth.register', { organizationName, ...person, passwordConfirmation: PASSWORD });
  }
  const home = visitor();
  for (let turn = 0; turn < 12; turn++) {
    expect(await home.call('auth.login', person)).toMatchObject({ status: 'multiple_tenants' });
  }
});

test('whether there is an account cannot be told by when one is refused, nor by how', async () => {
  const lastOf = async (email: string) => {
    const stranger = visitor();
    const answers: RefusedAnswer[] = [];
    for (let turn = 0; turn < 11; turn++)
      answers.push(await stranger.refused('auth.login', { email, password: WRONG }));
    return answers.map((answer) => [answer.status, withoutWait(answer)]);
  };
  expect(await lastOf('nobody@acme.example')).toEqual(await lastOf(bob.email));
});

test('a call in a batch is counted like any other, and the answer says when to come back', async () => {
  const stranger = visitor();
  const guess = { email: bob.email, password: WRONG };
  const calls = Array.from({ length: 12 }, () => 'auth.login').join(',');
  const answer = await stranger.raw('POST', `/trpc/${calls}?batch=1`, {
    body: JSON.stringify(Object.fromEntries(Array.from({ length: 12 }, (_, index) => [index, guess]))),
    headers: { 'content-type': 'application/json', origin: server.origin },
  });
  const said: { error: { data: { httpStatus: number; retryAfterSeconds?: number } } }[] = JSON.parse(
    answer.text,
  );
  expect(said.map(({ error }) => error.data.httpStatus).sort()).toEqual([...Array(10).fill(401), 429, 429]);
  const waits = said.flatMap(({ error }) => error.data.retryAfterSeconds ?? []);
  expect(answer.headers['retry-after']).toBe(String(Math.max(...waits)));
});

test('checks that are asked for by hand are limited by person, tries among them', async () => {
  const nowhere = { monitorId: randomUUID() };
  for (let turn = 0; turn < 59; turn++) {
    expect((await bob.refused('monitors.checkNow', nowhere)).status).toBe(404);
  }
  const draft = { kind: 'http', target: 'https://example.com', ...nowhere };
  expect((await bob.refused('monitors.try', draft)).status).toBe(404);
  expectLimited(await bob.refused('monitors.checkNow', nowhere));
  expectLimited(await bob.refused('monitors.try', draft));
  expect((await alice.refused('monitors.checkNow', nowhere)).status).toBe(404);
});

test('the table tells neither who was counted nor from where, and the sweep leaves what counts', async () => {
  const { rateLimits } = server.services;
  await database.admin(
    `insert into rate_limits select kind || ':x', 1, extract(epoch from now() + ends) * 1000
      from (values ('ended', interval '-61 minutes'), ('recent', interval '-59 minutes')) as e(kind, ends)`,
  );
  await rateLimits.sweep();
  const rows = await database.admin<{ key: string }>('select key from rate_limits');
  const keys = rows.map(({ key }) => key);
  expect(keys).toContain('recent:x');
  expect(keys).not.toContain('ended:x');
  const counted = keys.filter((key) => !key.endsWith(':x'));
  expect(counted.length).toBeGreaterThan(5);
  for (const key of counted) expect(key).toMatch(/^[a-z_]+:[\w-]{43}$/);
});

test('a forwarded address counts for nothing where no proxy is trusted', async () => {
  const pretending = () => new ApiClient(bare.origin);
  for (let number = 31; number <= 35; number++) await pretending().call('auth.register', form(number));
  expectLimited(await pretending().refused('auth.register', form(36)));
});

test('while tries cannot be counted none is let through', async () => {
  const stranger = new ApiClient(cutOff.origin);
  const guess = { email: bob.email, password: WRONG };
  for (let turn = 0; turn < 9; turn++) await stranger.refused('auth.login', guess);
  await gate.shut();
  const refusal = await stranger.refused('auth.login', guess);
  expect([refusal.status, refusal.data.reason]).toEqual([503, 'unavailable']);
  await gate.open();
  expect((await stranger.refused('auth.login', guess)).status).toBe(401);
  expectLimited(await stranger.refused('auth.login', guess));
  expect(cutOff.takeErrors().length).toBeGreaterThan(0);
});
