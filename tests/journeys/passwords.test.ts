import { expect, test } from 'vitest';
import { mintToken } from '../../server/domains/accounts/mint-token.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const { alice, bob, database, server, visitor } = world;

const NEW_PASSWORD = 'Another-Horse-8-Battery';
const typedTwice = (password: string) => ({ password, passwordConfirmation: password });

const mailJobs = (kind: string) =>
  database.admin<{ data: { kind: string; userId: string | null } }>(
    `select data from pgboss.job where name = 'accounts.mail' and data->>'kind' = $1`,
    [kind],
  );

async function personWith(email: string) {
  const person = await world.addMember(alice.tenant, 'member', email);
  const { user } = await person.call('auth.me');
  const { identity } = server.services;
  const token = (purpose: 'reset_password' | 'change_email' | 'verify_email', to = email) =>
    identity.transaction((tx) => mintToken(tx, { purpose, userId: user.id, email: to }));
  return { person, userId: user.id, token };
}

const signIn = (email: string, password: string) => visitor().send('auth.login', { email, password });

test('a forgotten password is set anew by a link, which ends every session and opens the account', async () => {
  const { person, userId, token } = await personWith('rita@acme.example');
  const link = await token('reset_password');
  expect(await visitor().call('auth.resetPassword', { token: link, ...typedTwice(NEW_PASSWORD) })).toEqual({
    status: 'changed',
  });
  expect((await person.refused('auth.me')).data.reason).toBe('not_signed_in');
  expect((await signIn(person.email, PASSWORD)).status).toBe(401);
  expect((await signIn(person.email, NEW_PASSWORD)).status).toBe(200);
  await bob.call('auth.me');
  expect((await mailJobs('password_changed')).map(({ data }) => data.userId)).toEqual([userId]);
});
