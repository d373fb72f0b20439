import pg from 'pg';
import { expect, test } from 'vitest';
import { openMailCatcher, tokenIn } from '../support/mail-catcher.ts';
import { openMailQueue } from '../support/mail-queue.ts';
import { somebodyWaits } from '../support/somebody-waits.ts';
import { openWorld } from '../support/world.ts';

const mails = await openMailCatcher();
const { alice, bob, charlie, database, server, visitor } = await openWorld({
  environment: mails.environment,
});
const { ask, hurry, reaches, text } = openMailQueue(database, () => server.services.boss);

/** That neither an address nor a token reached what more people read than mails: the queue and the log. */
async function expectNothingTold(...secrets: string[]): Promise<void> {
  const queue = await text();
  const log = JSON.stringify(server.logLines);
  expect(queue).toContain('accounts.mail');
  for (const secret of secrets) {
    expect(queue).not.toContain(secret);
    expect(log).not.toContain(secret);
  }
}

test('while the mail server is away a mail waits, and arrives when it is back', async () => {
  for (const { email } of [alice, charlie]) await mails.to(email);
  await mails.stop();
  const jobId = await ask('reset_password', alice.email);
  await reaches(jobId, 'retry');
  expect(server.takeErrors()).toMatchObject([
    { event: 'jobs.failed', queue: 'accounts.mail', forGood: false },
  ]);
  await mails.start();
  await hurry();
  const mail = await mails.to(alice.email);
  await reaches(jobId, 'completed');
  await expectNothingTold(alice.email, tokenIn(mail));
});

test('a mail server that says "later" is asked again later, and one account is not held back for it', async () => {
  mails.refuse(451);
  const jobId = await ask('reset_password', bob.email);
  for (let turn = 0; turn < 6; turn++) {
    await expect.poll(() => server.takeErrors()).toMatchObject([{ event: 'jobs.failed', forGood: false }]);
    await reaches(jobId, 'retry');
    if (turn < 5) await hurry();
  }
  mails.refuse(null);
  await hurry();
  const mail = await mails.to(bob.email);
  await expectNothingTold(bob.email, tokenIn(mail));
});

test('an address that the mail server refuses for good is tried once, and kept for a person to look at', async () => {
  mails.refuse(550);
  const jobId = await ask('verify_email', charlie.email);
  await reaches(jobId, 'failed');
  mails.refuse(null);
  const dead = () =>
    database.admin(`select data ->> 'kind' as kind from pgboss.job where name = 'dead-letter'`);
  await expect.poll(dead).toEqual([{ kind: 'verify_email' }]);
  const [job] = await database.admin<{ output: { message: string }; retries: number }>(
    'select output, retry_count as retries from pgboss.job where id = $1',
    [jobId],
  );
  expect(job?.retries).toBe(0);
  // The server had repeated the address.
  expect(job?.output.message).toBe(
    'The mail server refused at RCPT TO: 550 (address) Recipient address rejected',
  );
  expect(server.takeErrors()).toMatchObject([{ event: 'jobs.failed', forGood: true }]);
  await expectNothingTold(charlie.email);
});

test('a link that was used leaves nothing in the log', async () => {
  const person = 'used@link.example';
  const password = 'Correct-Horse-7-Battery';
  await visitor().call('auth.register', {
    organizationName: 'Used',
    email: person,
    password,
    passwordConfirmation: password,
  });
  const token = tokenIn(await mails.to(person));
  await visitor().call('auth.verifyEmail', { token });
  await visitor().refused('auth.verifyEmail', { token });
  await expectNothingTold(person, token);
});

test('a mail about an account that is deleted in that instant is dropped, and is no failure', async () => {
  await database.admin(`insert into users (email, name) values ('gone@acme.example', 'Gone')`);
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`delete from users where email = 'gone@acme.example'`);
    const jobId = await ask('verify_email', 'gone@acme.example');
    await somebodyWaits(database);
    await client.query('commit');
    await reaches(jobId, 'completed');
  } finally {
    await client.end();
  }
});
