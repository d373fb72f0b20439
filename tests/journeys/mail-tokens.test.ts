import { expect, test } from 'vitest';
import { mintToken } from '../../server/domains/accounts/mint-token.ts';
import { redeemToken } from '../../server/domains/accounts/redeem-token.ts';
import type { TokenPurpose } from '../../shared/accounts/token.ts';
import { eventually } from '../support/eventually.ts';
import { openMailQueue } from '../support/mail-queue.ts';
import { openWorld } from '../support/world.ts';

const { alice, bob, charlie, database, server, visitor } = await openWorld();
const { identity } = server.services;
const { idOf } = openMailQueue(database, () => server.services.boss);

const mint = async (email: string, purpose: TokenPurpose = 'verify_email') => {
  const userId = await idOf(email);
  return identity.transaction((tx) => mintToken(tx, { purpose, userId, email }));
};
const redeem = (purpose: TokenPurpose, token: string) =>
  identity.transaction((tx) => redeemToken(tx, purpose, token));
const verify = (token: string) => visitor().send('auth.verifyEmail', { token });
const tokensOf = async (email: string) =>
  database.admin<{ purpose: string }>('select purpose from account_tokens where user_id = $1 order by 1', [
    await idOf(email),
  ]);

const EXPIRED = {
  message: 'This link has been used or has run out. Ask for a new one, and open the newest mail.',
  status: 400,
  data: expect.objectContaining({ reason: 'token_expired' }),
};

test('of twenty who try one token in the same moment one succeeds, and nineteen hear that it is used', async () => {
  const token = await mint(alice.email);
  const answers = await Promise.all(Array.from({ length: 20 }, () => verify(token)));
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([200, ...Array(19).fill(400)]);
  expect(await visitor().refused('auth.verifyEmail', { token })).toMatchObject(EXPIRED);
});

test('of twenty mails to one person one is used, whichever comes first, and the others with it', async () => {
  const tokens = await Promise.all(Array.from({ length: 20 }, () => mint(bob.email)));
  await mint(bob.email, 'reset_password');
  const answers = await Promise.all(tokens.map(verify));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(400)]);
  // What is for something else stays, and so does what others have.
  expect(await tokensOf(bob.email)).toEqual([{ purpose: 'reset_password' }]);
});

test('a token lasts as long as its mail says, by the database’s clock', async () => {
  const lifetimes = await Promise.all(
    (['verify_email', 'reset_password', 'change_email'] as const).map(async (purpose) => {
      await mint(charlie.email, purpose);
      const [row] = await database.admin<{ seconds: number }>(
        `select extract(epoch from expires_at - created_at)::int as seconds from account_tokens
          where user_id = $1 and purpose = $2`,
        [await idOf(charlie.email), purpose],
      );
      return row?.seconds;
    }),
  );
  expect(lifetimes).toEqual([86_400, 3600, 86_400]);

  const token = await mint(charlie.email);
  await database.admin(
    `update account_tokens set expires_at = now() - interval '1 second' where purpose = 'verify_email'`,
  );
  expect(await visitor().refused('auth.verifyEmail', { token })).toMatchObject(EXPIRED);
});

test('a token opens what it was made for and nothing else', async () => {
  const token = await mint(charlie.email, 'reset_password');
  expect(await visitor().refused('auth.verifyEmail', { token })).toMatchObject(EXPIRED);
  // It was not used up by that.
  expect(await redeem('reset_password', token)).toEqual({
    userId: await idOf(charlie.email),
    email: charlie.email,
  });
});

test('a token nobody made, and one that is not whole, are told apart', async () => {
  expect(await visitor().refused('auth.verifyEmail', { token: 'A'.repeat(43) })).toMatchObject(EXPIRED);
  const cut = await visitor().refused('auth.verifyEmail', { token: 'A'.repeat(42) });
  expect(cut.data.fields?.token).toMatch(/^This link is not whole/);
});

test('a token is void when the address it was mailed to is not the account’s any more', async () => {
  const tokens = {
    verify_email: await mint(charlie.email),
    reset_password: await mint(charlie.email, 'reset_password'),
  };
  await database.admin('update users set email = $2 where email = $1', [
    charlie.email,
    'charlie@else.example',
  ]);
  try {
    for (const purpose of ['verify_email', 'reset_password'] as const) {
      await expect(redeem(purpose, tokens[purpose])).rejects.toThrow(EXPIRED.message);
    }
    const [row] = await database.admin('select email_verified_at from users where email = $1', [
      'charlie@else.example',
    ]);
    expect(row).toEqual({ email_verified_at: null });
  } finally {
    await database.admin('update users set email = $2 where email = $1', [
      'charlie@else.example',
      charlie.email,
    ]);
  }
});

test('a token to change an address is good while that address is the one asked for', async () => {
  const userId = await idOf(charlie.email);
  const ask = (pending: string) =>
    database.admin('update users set pending_email = $2 where id = $1', [userId, pending]);
  const mintFor = (email: string) =>
    identity.transaction((tx) => mintToken(tx, { purpose: 'change_email', userId, email }));
  await ask('first@new.example');
  const first = await mintFor('first@new.example');
  await ask('second@new.example');
  await expect(redeem('change_email', first)).rejects.toThrow(EXPIRED.message);
  const second = await mintFor('second@new.example');
  expect(await redeem('change_email', second)).toEqual({ userId, email: 'second@new.example' });
});

test('the table holds no token that would open anything', async () => {
  const token = await mint(alice.email, 'reset_password');
  const rows = await database.admin<{ text: string }>('select t::text as text from account_tokens t');
  expect(rows.length).toBeGreaterThan(0);
  const text = rows.map((row) => row.text).join('\n');
  expect(text).not.toContain(token);
  expect(text).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
});

test('what has run out is swept: tokens of mails, and codes that lead to another host', async () => {
  const userId = await idOf(alice.email);
  await database.admin('delete from account_tokens');
  await mint(alice.email, 'reset_password');
  await database.admin(
    `insert into account_tokens (token_hash, purpose, user_id, email, expires_at)
      values ('old', 'reset_password', $1, 'x', now() - interval '1 second')`,
    [userId],
  );
  await database.admin(
    `insert into handover_codes (code_hash, session_public_id, to_tenant_id, expires_at)
      select hash, public_id, gen_random_uuid(), now() + make_interval(secs => seconds)
        from sessions, (values ('old', -1), ('new', 60)) as code (hash, seconds) where user_id = $1 limit 2`,
    [userId],
  );
  await server.services.boss.send('accounts.sweep-sessions', null);
  await eventually(async () => {
    const [left] = await database.admin<{ tokens: number; codes: string[] }>(
      `select (select count(*)::int from account_tokens) as tokens,
        (select array_agg(code_hash) from handover_codes) as codes`,
    );
    return left?.tokens === 1 && left.codes.join() === 'new';
  });
});
