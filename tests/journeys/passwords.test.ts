import { hash } from '@node-rs/argon2';
import { expect, test } from 'vitest';
import { ARGON2_OPTIONS } from '../../server/domains/accounts/argon2-options.ts';
import { mintToken } from '../../server/domains/accounts/mint-token.ts';
import type { TokenPurpose } from '../../shared/accounts/token.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const { alice, bob, database, server, visitor } = world;

const NEW_PASSWORD = 'Another-Horse-8-Battery';
const typedTwice = (password: string) => ({ password, passwordConfirmation: password });
const signIn = (email: string, password: string) => visitor().send('auth.login', { email, password });

let people = 0;
/** A new member of Acme, whose mails' tokens can be had without the mail. */
async function somebody() {
  people += 1;
  const person = await world.addMember(alice.tenant, 'member', `person${people}@acme.example`);
  const { user } = await person.call('auth.me');
  const token = (purpose: TokenPurpose) =>
    server.services.identity.transaction((tx) =>
      mintToken(tx, { purpose, userId: user.id, email: user.email }),
    );
  const another = async () => {
    const client = visitor();
    await client.call('auth.login', { email: user.email, password: PASSWORD });
    return client;
  };
  return { person, userId: user.id, email: user.email, token, another };
}

async function mailJobs(userId: string): Promise<string[]> {
  const rows = await database.admin<{ kind: string }>(
    `select data->>'kind' as kind from pgboss.job where name = 'accounts.mail' and data->>'userId' = $1
       order by created_on`,
    [userId],
  );
  return rows.map(({ kind }) => kind);
}

const setHash = (userId: string, passwordHash: string) =>
  database.admin('update users set password_hash = $2 where id = $1', [userId, passwordHash]);

test('a forgotten password is set anew by a link, which ends every session and verifies the address', async () => {
  const { person, userId, email, token, another } = await somebody();
  const elsewhere = await another();
  const answer = await visitor().call('auth.resetPassword', {
    token: await token('reset_password'),
    ...typedTwice(NEW_PASSWORD),
  });
  expect(answer).toEqual({ status: 'changed' });
  for (const client of [person, elsewhere]) {
    expect((await client.refused('auth.me')).data.reason).toBe('not_signed_in');
  }
  await bob.call('auth.me');
  expect((await signIn(email, PASSWORD)).status).toBe(401);
  await person.call('auth.login', { email, password: NEW_PASSWORD });
  expect((await person.call('auth.me')).user.emailVerified).toBe(true);
  expect(await mailJobs(userId)).toEqual(['password_changed']);
  expect(server.logLines).toContainEqual(
    expect.objectContaining({ event: 'security.password_reset', userId, ended: 2 }),
  );
});

test('of twenty who use the same link at once, one sets the password', async () => {
  const { userId, token } = await somebody();
  const link = await token('reset_password');
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, turn) =>
      visitor().send('auth.resetPassword', { token: link, ...typedTwice(`${NEW_PASSWORD}-${turn}`) }),
    ),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const refused = answers.filter(({ status }) => status !== 200).map(({ text }) => text);
  expect(new Set(refused).size).toBe(1);
  expect(JSON.parse(refused[0] ?? '').error.data).toMatchObject({ reason: 'token_expired', httpStatus: 400 });
  expect(await mailJobs(userId)).toEqual(['password_changed']);
});

test('a reset ends every other link, and an address that was asked for is forgotten', async () => {
  const { person, token } = await somebody();
  await person.call('auth.requestEmailChange', {
    email: 'thief@elsewhere.example',
    currentPassword: PASSWORD,
  });
  const links = { reset_password: await token('reset_password'), verify_email: await token('verify_email') };
  await visitor().call('auth.resetPassword', {
    token: await token('reset_password'),
    ...typedTwice(NEW_PASSWORD),
  });
  const again = await visitor().refused('auth.resetPassword', {
    token: links.reset_password,
    ...typedTwice(NEW_PASSWORD),
  });
  expect(again.data.reason).toBe('token_expired');
  const [row] = await database.admin<{ tokens: number; pending: number }>(
    `select (select count(*)::int from account_tokens t where t.user_id = u.id) as tokens, count(u.pending_email)::int as pending
       from users u where u.email = $1 group by u.id`,
    [person.email],
  );
  expect(row).toEqual({ tokens: 0, pending: 0 });
});

test('a link for something else, or one that ran out, sets no password', async () => {
  const { userId, email, token } = await somebody();
  const old = await token('reset_password');
  await database.admin(`update account_tokens set expires_at = now() where user_id = $1`, [userId]);
  for (const link of [old, await token('verify_email'), 'A'.repeat(43)]) {
    const refusal = await visitor().refused('auth.resetPassword', {
      token: link,
      ...typedTwice(NEW_PASSWORD),
    });
    expect(refusal.data.reason).toBe('token_expired');
  }
  expect((await signIn(email, PASSWORD)).status).toBe(200);
});

test('who changes the password stays signed in, under a new token, and everyone else is out', async () => {
  const { person, userId, email, token, another } = await somebody();
  const elsewhere = await another();
  const link = await token('reset_password');
  const former = visitor();
  for (const [name, value] of person.cookies) former.cookies.set(name, value);
  const { sessions: before } = await person.call('sessions.list');

  expect(
    await person.call('auth.changePassword', { currentPassword: PASSWORD, ...typedTwice(NEW_PASSWORD) }),
  ).toEqual({ status: 'changed' });
  expect(person.cookies).not.toEqual(former.cookies);
  const { sessions: after } = await person.call('sessions.list');
  expect(after.map(({ id, createdAt }) => ({ id, createdAt }))).toEqual(
    before.filter(({ isCurrent }) => isCurrent).map(({ id, createdAt }) => ({ id, createdAt })),
  );
  for (const client of [former, elsewhere]) expect((await client.refused('auth.me')).status).toBe(401);
  const reset = await visitor().refused('auth.resetPassword', { token: link, ...typedTwice(PASSWORD) });
  expect(reset.data.reason).toBe('token_expired');
  expect((await signIn(email, PASSWORD)).status).toBe(401);
  expect((await signIn(email, NEW_PASSWORD)).status).toBe(200);
  expect(await mailJobs(userId)).toEqual(['password_changed']);
});

test('a wrong present password changes nothing, and is told at its field', async () => {
  const { person, email, userId } = await somebody();
  const refusal = await person.refused('auth.changePassword', {
    currentPassword: NEW_PASSWORD,
    ...typedTwice(NEW_PASSWORD),
  });
  expect(refusal.status).toBe(400);
  expect(refusal.data).toMatchObject({
    reason: 'invalid_input',
    fields: { currentPassword: 'This is not your password.' },
  });
  expect((await signIn(email, PASSWORD)).status).toBe(200);
  expect(await mailJobs(userId)).toEqual([]);
});

test('of two who change the same password at once, one does', async () => {
  const { person, another, userId, email } = await somebody();
  const browsers = [person, await another()];
  const answers = await Promise.all(
    browsers.map((client, turn) =>
      client.send('auth.changePassword', {
        currentPassword: PASSWORD,
        ...typedTwice(`${NEW_PASSWORD}-${turn}`),
      }),
    ),
  );
  const won = answers.findIndex(({ status }) => status === 200);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect((await signIn(email, `${NEW_PASSWORD}-${won}`)).status).toBe(200);
  expect(await mailJobs(userId)).toEqual(['password_changed']);
});

test.each(['Password1234!', 'P@ssw0rd2026!', 'QWERTYuiop123#'])(
  'a password that many people use is refused wherever one is set: %s',
  async (password) => {
    const { person, token } = await somebody();
    const refusals = [
      await visitor().refused('auth.register', {
        organizationName: `Popular ${password}`,
        email: 'popular@acme.example',
        ...typedTwice(password),
      }),
      await person.refused('auth.changePassword', { currentPassword: PASSWORD, ...typedTwice(password) }),
      await visitor().refused('auth.resetPassword', {
        token: await token('reset_password'),
        ...typedTwice(password),
      }),
    ];
    for (const { status, data } of refusals) {
      expect(status).toBe(400);
      expect(Object.keys(data.fields ?? {})).toEqual(['password']);
      expect(data.fields?.password).toMatch(/^Very many people use this password/);
    }
  },
);

test('every byte of a password counts', async () => {
  const { person, email } = await somebody();
  const long = `Aa1!${'x'.repeat(68)}`;
  await person.call('auth.changePassword', { currentPassword: PASSWORD, ...typedTwice(`${long}y`) });
  expect((await signIn(email, `${long}y`)).status).toBe(200);
  expect((await signIn(email, `${long}z`)).status).toBe(401);
  expect((await signIn(email, long)).status).toBe(401);

  const withNul = `Aa1!-before\0after`;
  await person.call('auth.changePassword', { currentPassword: `${long}y`, ...typedTwice(withNul) });
  expect((await signIn(email, withNul)).status).toBe(200);
  expect((await signIn(email, `Aa1!-before\0other`)).status).toBe(401);
});

test('a password with an accent or an emoji is the same from every keyboard', async () => {
  const { person, email } = await somebody();
  const composed = 'Caf\u00e9-Cr\u00e8me-7-\u{1f950}';
  const decomposed = composed.normalize('NFD');
  expect(decomposed).not.toBe(composed);
  await person.call('auth.changePassword', { currentPassword: PASSWORD, ...typedTwice(decomposed) });
  expect((await signIn(email, composed)).status).toBe(200);
  expect((await signIn(email, decomposed)).status).toBe(200);
  expect((await signIn(email, composed.replace('\u{1f950}', '\u{1f951}'))).status).toBe(401);
});

test('a password that was kept as it was typed, before it was normalized, goes on working', async () => {
  const { email, userId } = await somebody();
  const decomposed = 'Caf\u00e9-Cr\u00e8me-7-Horse'.normalize('NFD');
  await setHash(userId, await hash(decomposed, ARGON2_OPTIONS));
  expect((await signIn(email, decomposed)).status).toBe(200);
});
