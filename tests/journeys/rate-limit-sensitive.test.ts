import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { tokenHash } from '../../server/domains/accounts/token-hash.ts';
import type { ApiClient, ProcedureName, RefusedAnswer } from '../support/api-client.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const { alice, bob, charlie, database, visitor } = world;

const NEW = { password: 'Another-Horse-8-Battery', passwordConfirmation: 'Another-Horse-8-Battery' };

/** Calls as often as it may be called, then once more. */
async function exhaust(
  most: number,
  who: () => ApiClient,
  name: ProcedureName,
  input: (turn: number) => object,
): Promise<{ statuses: number[]; refusal: RefusedAnswer }> {
  const statuses: number[] = [];
  for (let turn = 0; turn < most; turn++) statuses.push((await who().send(name, input(turn))).status);
  const refusal = await who().refused(name, input(most));
  expect([refusal.status, refusal.data.reason]).toEqual([429, 'rate_limited']);
  expect(refusal.headers['retry-after']).toBe(String(refusal.data.retryAfterSeconds));
  return { statuses, refusal };
}

test.each([bob.email, 'nobody@acme.example'])(
  'a mailbox gets three links for a new password an hour, from wherever they are asked for (%s)',
  async (email) => {
    const { statuses } = await exhaust(3, visitor, 'auth.requestPasswordReset', () => ({ email }));
    expect(statuses).toEqual([200, 200, 200]);
    await visitor().call('auth.requestPasswordReset', { email: `other.${email}` });
  },
);

test('from one address three links for new passwords can be asked for an hour, for whomever', async () => {
  const stranger = visitor();
  const emailOf = (turn: number) => ({ email: `person${turn}@many.example` });
  const { statuses } = await exhaust(3, () => stranger, 'auth.requestPasswordReset', emailOf);
  expect(statuses).toEqual([200, 200, 200]);
  await visitor().call('auth.requestPasswordReset', emailOf(3));
});

test('at a browser that was left open three passwords can be guessed, and the right one then helps no more', async () => {
  const wrong = { currentPassword: 'Wrong-Horse-7-Battery', ...NEW };
  const { statuses } = await exhaust(
    3,
    () => bob,
    'auth.changePassword',
    () => wrong,
  );
  expect(statuses).toEqual([400, 400, 400]);
  expect((await bob.refused('auth.changePassword', { ...wrong, currentPassword: PASSWORD })).status).toBe(
    429,
  );
  // It is one person's limit.
  expect((await charlie.refused('auth.changePassword', wrong)).status).toBe(400);
});

test('a form for a new password that was filled in wrong is no guess', async () => {
  const twoThatDiffer = { currentPassword: PASSWORD, ...NEW, passwordConfirmation: 'Third-Horse-9-Battery' };
  for (let turn = 0; turn < 5; turn++) {
    expect((await alice.refused('auth.changePassword', twoThatDiffer)).status).toBe(400);
  }
});

test('the mail that asks to verify an address is sent three times an hour, if somebody asks for it again', async () => {
  const { statuses } = await exhaust(
    3,
    () => bob,
    'auth.requestEmailVerification',
    () => ({}),
  );
  expect(statuses).toEqual([200, 200, 200]);
  await charlie.call('auth.requestEmailVerification');
});

test('a change of address can be asked for three times an hour, and a wrong password counts', async () => {
  const { statuses } = await exhaust(
    3,
    () => charlie,
    'auth.requestEmailChange',
    (turn) => ({
      email: `charlie${turn}@elsewhere.example`,
      currentPassword: turn === 0 ? 'Wrong-Horse-7-Battery' : PASSWORD,
    }),
  );
  expect(statuses).toEqual([400, 200, 200]);
});

test('an organization invites twenty an hour, whoever of it does', async () => {
  const admin = await world.addMember(alice.tenant, 'admin', 'admin@acme.example');
  let turn = 0;
  const either = () => (turn++ % 2 === 0 ? alice : admin);
  const { statuses } = await exhaust(20, either, 'members.invite', (number) => ({
    email: `guest${number}@acme.example`,
    role: 'viewer',
  }));
  expect(statuses).toEqual(Array(20).fill(200));
  await charlie.call('members.invite', { email: 'guest@charlies.example', role: 'viewer' });
});

test('whoever holds an invitation guesses the password of its account ten times an hour, from wherever', async () => {
  const token = randomBytes(32).toString('base64url');
  await database.admin(
    `insert into invitations (tenant_id, email, role, invited_by, invited_by_name, token_hash, expires_at)
      values ($1, $2, 'viewer', gen_random_uuid(), 'Alice', $3, now() + interval '1 day')`,
    [alice.tenant.id, charlie.email, tokenHash(token)],
  );
  const { statuses } = await exhaust(10, visitor, 'invitations.accept', () => ({
    token,
    password: 'Wrong-Horse-7-Battery',
  }));
  expect(statuses).toEqual(Array(10).fill(401));
});

test('an organization cannot be deleted and taken back over and over', async () => {
  const dora = await world.register('Dora’s', 'dora@doras.example');
  for (let turn = 0; turn < 3; turn++) {
    // A name typed wrong is no try.
    expect((await dora.refused('tenants.remove', { name: 'Dora' })).status).toBe(400);
    await dora.call('tenants.remove', { name: 'Dora’s' });
    await dora.call('tenants.undoRemoval');
  }
  expect((await dora.refused('tenants.remove', { name: 'Dora’s' })).status).toBe(429);
});
