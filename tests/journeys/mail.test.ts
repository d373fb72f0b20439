import { expect, test } from 'vitest';
import type { AccountMailJob } from '../../server/domains/accounts/queue-account-mail.ts';
import { type CaughtMail, openMailCatcher, tokenIn } from '../support/mail-catcher.ts';
import { openMailQueue } from '../support/mail-queue.ts';
import { openWorld, PASSWORD } from '../support/world.ts';

const mails = await openMailCatcher();
const { alice, bob, charlie, database, server, visitor } = await openWorld({
  environment: mails.environment,
});
const { ask, idOf, reaches } = openMailQueue(database, () => server.services.boss);

const form = (organizationName: string, email: string, password = PASSWORD) => ({
  organizationName,
  email,
  password,
  passwordConfirmation: password,
});
const verified = (email: string) =>
  database.admin('update users set email_verified_at = now() where email = $1', [email]);
const mailsTo = (address: string) => mails.all().filter(({ to }) => to === address);

test('dora registers, gets a mail, and its link verifies her address', async () => {
  const dora = visitor();
  await dora.call('auth.register', form('Dora', 'dora@dora.example'));
  const mail = await mails.to('dora@dora.example');
  expect(mail.subject).toBe('Verify your email address');
  expect(mail.text).toContain('Somebody registered at StatusWatch with this address.');
  expect(mail.links[0]?.href).toBe(`${server.origin}/verify-email#token=${tokenIn(mail)}`);

  await dora.call('auth.login', { email: 'dora@dora.example', password: PASSWORD });
  expect((await dora.call('auth.me')).user.emailVerified).toBe(false);
  // Whoever opens the link need not be signed in there.
  expect(await visitor().call('auth.verifyEmail', { token: tokenIn(mail) })).toEqual({
    email: 'dora@dora.example',
  });
  expect((await dora.call('auth.me')).user.emailVerified).toBe(true);
});

test('a mail says whom it is from and that a machine wrote it', async () => {
  await visitor().call('auth.register', form('Headers', 'head@headers.example'));
  const { headers, from } = await mails.to('head@headers.example');
  expect(headers).toMatchObject({
    from: 'StatusWatch <watch@statuswatch.example>',
    to: 'head@headers.example',
    'auto-submitted': 'auto-generated',
    'message-id': expect.stringMatching(/^<[0-9a-f-]{36}@localhost>$/),
    date: expect.stringMatching(/\d{4} \d\d:\d\d:\d\d/),
  });
  expect(from).toBe('watch@statuswatch.example');
  expect(headers['x-mailer']).toBeUndefined();
});

test('links lead to PUBLIC_URL, whatever host the request named', async () => {
  const answer = await visitor().send('auth.register', form('Host', 'host@host.example'), {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
  });
  expect(answer.status).toBe(200);
  const mail = await mails.to('host@host.example');
  expect(new Set(mail.links.map(({ origin }) => origin))).toEqual(new Set([server.origin]));
  expect(mail.raw).not.toContain('evil.example');
});

test('who tries to register with alice’s address and another password has alice told, and nothing else', async () => {
  await mails.to(alice.email);
  await visitor().call('auth.register', form('Stolen Goods', alice.email, 'Another-Horse-8-Battery'));
  const mail = await mails.to(alice.email);
  expect(mail.subject).toBe('You have an account already');
  expect(mail.text).toContain('nothing was made');
  expect(mail.links[0]?.href).toBe(`${server.origin}/forgot-password`);
  expect(mail.raw).not.toContain('token=');
  expect(mail.raw).not.toContain('Stolen');
});

test('one account is told of three such tries a day', async () => {
  for (let turn = 0; turn < 5; turn++)
    await reaches(await ask('registration_refused', bob.email), 'completed');
  expect(mailsTo(bob.email)).toHaveLength(3);
  expect(server.logLines).toContainEqual(
    expect.objectContaining({ event: 'mail.held_back', kind: 'registration_refused' }),
  );
});

test('charlie has the mail sent again, both work, and once verified there is no more to send', async () => {
  await mails.to(charlie.email);
  expect(await charlie.call('auth.requestEmailVerification')).toEqual({ status: 'sent' });
  expect(await charlie.call('auth.requestEmailVerification')).toEqual({ status: 'sent' });
  const [first, second] = [await mails.to(charlie.email), await mails.to(charlie.email)];
  expect(tokenIn(first)).not.toBe(tokenIn(second));
  await charlie.call('auth.verifyEmail', { token: tokenIn(first) });
  expect(await charlie.call('auth.requestEmailVerification')).toEqual({ status: 'already_verified' });
  await reaches(await ask('verify_email', charlie.email), 'completed');
  expect(mailsTo(charlie.email)).toHaveLength(3);
  expect((await visitor().refused('auth.requestEmailVerification')).data.reason).toBe('not_signed_in');
});

test('news of an account go to a verified address alone', async () => {
  await visitor().call('auth.register', form('News', 'nora@news.example'));
  await mails.to('nora@news.example');
  await reaches(await ask('password_changed', 'nora@news.example'), 'completed');
  expect(mailsTo('nora@news.example')).toHaveLength(1);
  await verified('nora@news.example');
  await ask('password_changed', 'nora@news.example');
  expect((await mails.to('nora@news.example')).subject).toBe('Your password was changed');
});

test('a change of address asks the new one and tells the old one, which is then forgotten', async () => {
  await verified(bob.email);
  await database.admin('update users set pending_email = $2 where email = $1', [
    bob.email,
    'bob@new.example',
  ]);
  await ask('change_email', bob.email);
  const asked = await mails.to('bob@new.example');
  expect(asked.subject).toBe('Confirm your new email address');
  expect(asked.links[0]?.href).toBe(`${server.origin}/confirm-email#token=${tokenIn(asked)}`);
  expect(asked.raw).not.toContain(bob.email);

  await database.admin(
    'update users set email = pending_email, previous_email = email, pending_email = null where email = $1',
    [bob.email],
  );
  const jobId = await ask('email_changed', 'bob@new.example');
  const told = await mails.to(bob.email, { subject: /was changed/ });
  expect(told.text).toContain('bob@new.example');
  await reaches(jobId, 'completed');
  const [row] = await database.admin('select previous_email from users where id = $1', [
    await idOf('bob@new.example'),
  ]);
  expect(row).toEqual({ previous_email: null });
});

test('a job for nobody, or for an account that is gone, sends nothing and is done', async () => {
  const { boss } = server.services;
  const before = mails.all().length;
  for (const userId of [null, '00000000-0000-4000-8000-000000000000']) {
    const jobId = await boss.send('accounts.mail', { kind: 'reset_password', userId });
    await reaches(jobId ?? '', 'completed');
  }
  expect(mails.all()).toHaveLength(before);
});

const KINDS: Record<AccountMailJob['kind'], RegExp> = {
  verify_email: /^Verify/,
  reset_password: /^Choose a new password/,
  change_email: /^Confirm/,
  email_changed: /email address was changed/,
  password_changed: /password was changed/,
  registration_refused: /^You have an account/,
};

test.each(Object.entries(KINDS))(
  'the mail "%s" says the same in text and in HTML, in plain words',
  async (kind, subject) => {
    const email = `${kind}@words.example`;
    await visitor().call('auth.register', form(`Words ${kind}`, email));
    await mails.to(email);
    if (kind !== 'verify_email') await verified(email);
    await database.admin(
      `update users set name = 'Mallory <b>', pending_email = 'p-' || email, previous_email = 'o-' || email where email = $1`,
      [email],
    );
    await ask(kind as AccountMailJob['kind'], email);
    const to = { change_email: `p-${email}`, email_changed: `o-${email}` }[kind] ?? email;
    const mail = await mails.to(to, { subject });
    expect(wordsOf(mail)).toEqual(mail.text.replace(/^-- $/m, '').split(/\s+/).filter(Boolean));
    for (const { href } of mail.links) expect(mail.html).toContain(href.replace(/\/$/, ''));
    // Nothing is fetched, nothing runs, and nothing says what an account calls itself.
    expect(mail.html).not.toMatch(/<(img|script|link|iframe|form)\b|url\(|@import|http-equiv/);
    expect(mail.raw).not.toContain('Mallory');
    expect(
      mail.text
        .split('\n')
        .every((line) => !line.includes('http') || /^(StatusWatch, )?https?:\S+$/.test(line)),
    ).toBe(true);
  },
);

/** What a person reads of the HTML, without what only HTML needs to say. */
function wordsOf({ html }: CaughtMail): string[] {
  const [, body = ''] = /<body[^>]*>([\s\S]*)<\/body>/.exec(html) ?? [];
  return body
    .replace(/<p class="brand"[\s\S]*?<\/p>/, '')
    .replace(/If the button does nothing, open this address:/, '')
    .replaceAll(/<a class="button" href="[^"]*"[^>]*>([^<]*)<\/a>/g, '$1:')
    .replaceAll(/<a class="foot" href="([^"]*)"[^>]*>[^<]*<\/a>/g, '$1')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .split(/\s+/)
    .filter(Boolean);
}
