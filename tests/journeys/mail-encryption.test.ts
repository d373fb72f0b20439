import type { SMTPServerOptions } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import { createMailer } from '../../server/domains/mail/create-mailer.ts';
import { sendMail } from '../../server/domains/mail/send-mail.ts';
import { createLog } from '../../server/log.ts';
import { createCertificateAuthority } from '../support/certificates.ts';
import { type MailCatcher, openMailCatcher, tokenIn } from '../support/mail-catcher.ts';
import { openMailQueue } from '../support/mail-queue.ts';
import { openWorld } from '../support/world.ts';

const authority = await createCertificateAuthority();
const certificate = await authority.issue({ addresses: ['127.0.0.1'] });

const USER = 'post-office-user';
const RIGHT = 'sesame/4711?&#';
let accepted = RIGHT;

/** Who signed in or tried to, and whether that was told in the clear. */
const tries: { user: string | null | undefined; password: string | null | undefined; secure: boolean }[] = [];
const asksForPassword: SMTPServerOptions = {
  ...certificate,
  authOptional: false,
  disabledCommands: [],
  onAuth({ username: user, password }, { secure }, answer) {
    tries.push({ user, password, secure });
    if (user === USER && password === accepted) answer(null, { user });
    else answer(new Error('Authentication failed'));
  },
};

/** How its address reads with a user, a password and what is to be done about TLS. */
function urlOf(
  { environment }: MailCatcher,
  options: { secure?: boolean; query?: Record<string, string> } = {},
) {
  const { host } = new URL(environment.SMTP_URL);
  const query = new URLSearchParams(options.query ?? { 'tls.ca': authority.certificate });
  return `smtp${options.secure ? 's' : ''}://${USER}:${encodeURIComponent(RIGHT)}@${host}/?${query}`;
}

const startTls = await openMailCatcher(asksForPassword);
const { alice, bob, charlie, database, server } = await openWorld({
  environment: { ...startTls.environment, SMTP_URL: urlOf(startTls) },
});
const { ask, hurry, idOf, reaches, text } = openMailQueue(database, () => server.services.boss);

/** Hands one mail to a server, as a job does. */
async function send(smtpUrl: string): Promise<void> {
  const from = { name: 'StatusWatch', address: 'watch@statuswatch.example' };
  const mail = { smtpUrl, requireTls: false, from, mailboxUrl: null };
  const log = createLog('info', 'server', { write: () => undefined });
  const mailer = createMailer({ mail, publicUrl: new URL('https://statuswatch.example') }, log);
  onTestFinished(() => mailer.close());
  await sendMail(mailer, { to: 'dora@dora.example', subject: 'Hello', text: 'Hello', html: '<p>Hello</p>' });
}

test('TLS is taken up where the server offers it, and the password is told inside it alone', async () => {
  await startTls.to(alice.email);
  expect(tries.length).toBeGreaterThan(0);
  expect(new Set(tries.map((each) => JSON.stringify(each)))).toEqual(
    new Set([JSON.stringify({ user: USER, password: RIGHT, secure: true })]),
  );
});

test('with smtps:// a mail goes out over TLS from the start', async () => {
  const secure = await openMailCatcher({ ...asksForPassword, secure: true });
  await send(urlOf(secure, { secure: true }));
  expect((await secure.to('dora@dora.example')).subject).toBe('Hello');
});

test('a server whose certificate nobody vouches for gets neither password nor mail, unless the address says so', async () => {
  const before = tries.length;
  await expect(send(urlOf(startTls, { query: {} }))).rejects.toThrow(
    /^The mail could not be sent \(ESOCKET|ETLS\): .*certificate/,
  );
  expect(tries).toHaveLength(before);
  await send(urlOf(startTls, { query: { 'tls.rejectUnauthorized': 'false' } }));
  await startTls.to('dora@dora.example');
});

test('where TLS is asked for and not offered, nothing is told', async () => {
  const open = await openMailCatcher({
    ...asksForPassword,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
  });
  const before = tries.length;
  await expect(send(urlOf(open, { query: { requireTLS: 'true' } }))).rejects.toThrow(/^The mail/);
  expect(tries).toHaveLength(before);
});

test('a password that the mail server does not take is said in the job, which is tried again, and nowhere is it told', async () => {
  for (const { email } of [bob, charlie]) await reaches(await ask('verify_email', email), 'completed');
  accepted = 'another';
  await startTls.stop();
  await startTls.start();
  const jobId = await ask('reset_password', alice.email);
  await reaches(jobId, 'retry');
  const [waits] = await database.admin<{ output: { message: string } }>(
    'select output from pgboss.job where id = $1',
    [jobId],
  );
  expect(waits?.output.message).toBe('The mail server refused at AUTH PLAIN: 535 Authentication failed');
  expect(server.takeErrors()).toMatchObject([
    { event: 'jobs.failed', queue: 'accounts.mail', forGood: false },
  ]);
  accepted = RIGHT;
  await hurry();
  const mail = await startTls.to(alice.email, { subject: /new password/ });
  const told = (await text()) + JSON.stringify(server.logLines);
  for (const secret of [RIGHT, encodeURIComponent(RIGHT), USER, alice.email, tokenIn(mail)])
    expect(told).not.toContain(secret);
});

test('when it is refused the last time it is tried, the job has failed, and lies where operators read why', async () => {
  accepted = 'another';
  await startTls.stop();
  await startTls.start();
  const data = { kind: 'reset_password', userId: await idOf(bob.email) };
  const jobId = (await server.services.boss.send('accounts.mail', data, { retryLimit: 0 })) ?? '';
  await reaches(jobId, 'failed');
  const [dead] = await database.admin<{ error: string }>(
    `select source_output ->> 'message' as error from pgboss.job where name = 'dead-letter' and source_id = $1`,
    [jobId],
  );
  expect(dead?.error).toBe('The mail server refused at AUTH PLAIN: 535 Authentication failed');
  expect(server.takeErrors()).toMatchObject([{ event: 'jobs.failed', forGood: false }]);
});
