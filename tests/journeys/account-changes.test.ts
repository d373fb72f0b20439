import { expect, test } from 'vitest';
import { mintToken } from '../../server/domains/accounts/mint-token.ts';
import type { ApiClient } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const world = await openWorld();
const { alice, bob, charlie, database, server, visitor } = world;

let people = 0;
/** A new member of Acme with an organization of their own, who chose Acme. */
async function somebody() {
  people += 1;
  const email = `person${people}@acme.example`;
  const person = await world.addMember(alice.tenant, 'member', email);
  const organizationName = `Organization of ${email}`;
  const input = { organizationName, email, password: PASSWORD, passwordConfirmation: PASSWORD };
  await visitor().call('auth.register', input);
  const { user } = await person.call('auth.me');
  return { person, userId: user.id, email };
}

const signIn = (email: string) =>
  visitor().send('auth.login', { email, password: PASSWORD, tenantSlug: alice.tenant.slug });

const request = (person: ApiClient, email: string) =>
  person.call('auth.requestEmailChange', { email, currentPassword: PASSWORD });

/** The link of a mail to an address, without the mail. */
const linkTo = (userId: string, email: string) =>
  server.services.identity.transaction((tx) => mintToken(tx, { purpose: 'change_email', userId, email }));

const mailbox = () => server.services.mailer.mailbox?.list() ?? [];

const account = async (userId: string) => {
  const [row] = await database.admin<{ email: string; copies: string[] }>(
    `select email, array(select email from members where user_id = u.id) as copies
       from users u where id = $1`,
    [userId],
  );
  return row;
};

/** Mails about changes, by their kind. */
const mailJobs = async (userId: string) => {
  const rows = await database.admin<{ kind: string }>(
    `select data->>'kind' as kind from pgboss.job where name = 'accounts.mail' and data->>'userId' = $1
       and data->>'kind' <> 'verify_email' order by created_on`,
    [userId],
  );
  return rows.map(({ kind }) => kind);
};

test('a new address is the account’s once its mail was opened, in every organization', async () => {
  const { person, userId, email } = await somebody();
  await database.admin('update users set email_verified_at = now() where id = $1', [userId]);
  const elsewhere = visitor();
  await elsewhere.call('auth.login', { email, password: PASSWORD, tenantSlug: alice.tenant.slug });

  expect(await request(person, 'New1@Acme.Example')).toEqual({ status: 'sent' });
  expect((await person.call('auth.me')).user).toMatchObject({ email, pendingEmail: 'new1@acme.example' });
  expect((await signIn(email)).status).toBe(200);

  const former = new Map(person.cookies);
  const link = await linkTo(userId, 'new1@acme.example');
  expect(await person.call('auth.confirmEmailChange', { token: link })).toEqual({
    email: 'new1@acme.example',
  });
  expect(person.cookies).not.toEqual(former);
  expect((await person.call('auth.me')).user).toMatchObject({
    email: 'new1@acme.example',
    emailVerified: true,
    pendingEmail: null,
  });
  expect(await account(userId)).toEqual({
    email: 'new1@acme.example',
    copies: ['new1@acme.example', 'new1@acme.example'],
  });
  expect((await elsewhere.refused('auth.me')).data.reason).toBe('not_signed_in');
  expect((await signIn(email)).status).toBe(401);
  expect((await signIn('new1@acme.example')).status).toBe(200);
  expect(await mailJobs(userId)).toEqual(['change_email', 'email_changed']);
  await eventually(() =>
    mailbox().some(({ to, text }) => to.address === email && text.includes('new1@acme.example')),
  );
  const again = await visitor().refused('auth.confirmEmailChange', { token: link });
  expect(again.data.reason).toBe('token_expired');
});

test('opened where nobody is signed in, or somebody else is, the mail ends every session of the account', async () => {
  for (const opener of [visitor(), bob]) {
    const { person, userId } = await somebody();
    await request(person, `new-${userId}@acme.example`);
    const link = await linkTo(userId, `new-${userId}@acme.example`);
    await opener.call('auth.confirmEmailChange', { token: link });
    expect((await person.refused('auth.me')).data.reason).toBe('not_signed_in');
  }
  await bob.call('auth.me');
});

test('an address that has an account is asked for like any other, and nobody is written to', async () => {
  const { person, userId } = await somebody();
  const taken = await person.send('auth.requestEmailChange', {
    email: charlie.email,
    currentPassword: PASSWORD,
  });
  expect((await person.call('auth.me')).user.pendingEmail).toBe(charlie.email);
  expect(await mailJobs(userId)).toEqual([]);
  const free = await person.send('auth.requestEmailChange', {
    email: 'nobody@acme.example',
    currentPassword: PASSWORD,
  });
  expect(free.text).toBe(taken.text);
  expect(free.status).toBe(taken.status);
  expect(await mailJobs(userId)).toEqual(['change_email']);
});

test('of two people who change to the same address at once, one does', async () => {
  const both = [await somebody(), await somebody()];
  const wanted = 'wanted@acme.example';
  const links = await Promise.all(
    both.map(async ({ person, userId }) => {
      await request(person, wanted);
      return linkTo(userId, wanted);
    }),
  );
  const answers = await Promise.all(
    links.map((token) => visitor().send('auth.confirmEmailChange', { token })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  for (const [index, { userId, email }] of both.entries()) {
    const has = answers[index]?.status === 200 ? wanted : email;
    expect(await account(userId)).toMatchObject({ email: has, copies: [has, has] });
  }
  const unknown = await visitor().refused('auth.confirmEmailChange', { token: 'A'.repeat(43) });
  expect(answers.find(({ status }) => status === 400)?.text).toBe(unknown.text);
});

test('a mail to an address that they no longer ask for changes nothing', async () => {
  const { person, userId, email } = await somebody();
  await request(person, 'first@acme.example');
  const first = await linkTo(userId, 'first@acme.example');
  await request(person, 'second@acme.example');
  const late = await linkTo(userId, 'first@acme.example');
  for (const token of [first, late]) {
    expect((await visitor().refused('auth.confirmEmailChange', { token })).data.reason).toBe('token_expired');
  }
  expect(await account(userId)).toMatchObject({ email });
});

test('another address takes the password, and is another', async () => {
  const { person, email } = await somebody();
  const wrong = await person.refused('auth.requestEmailChange', {
    email: 'new@acme.example',
    currentPassword: 'Wrong-Horse-7-Battery',
  });
  expect(wrong.data.fields).toEqual({ currentPassword: 'This is not your password.' });
  const same = await person.refused('auth.requestEmailChange', { email, currentPassword: PASSWORD });
  expect(same.data.fields).toEqual({ email: 'This is your address already.' });
  expect((await person.call('auth.me')).user.pendingEmail).toBeNull();
});

test('a new name is seen in every organization, and nobody else is called by it', async () => {
  const { person, userId } = await somebody();
  const names = () =>
    database.admin<{ name: string }>('select name from members where user_id = $1 order by tenant_id', [
      userId,
    ]);
  const before = await database.admin(
    'select tenant_id, name from members where user_id <> $1 order by 1, 2',
    [userId],
  );
  expect(await person.call('auth.updateProfile', { name: '  Ida 😀 O’Neill ' })).toEqual({
    name: 'Ida 😀 O’Neill',
  });
  expect((await person.call('auth.me')).user.name).toBe('Ida 😀 O’Neill');
  expect(await names()).toEqual([{ name: 'Ida 😀 O’Neill' }, { name: 'Ida 😀 O’Neill' }]);
  expect(
    await database.admin('select tenant_id, name from members where user_id <> $1 order by 1, 2', [userId]),
  ).toEqual(before);
  for (const name of ['', '   ', 'a\0b', 'x'.repeat(81), '\ud800']) {
    expect(Object.keys((await person.refused('auth.updateProfile', { name })).data.fields ?? {})).toEqual([
      'name',
    ]);
  }
});
