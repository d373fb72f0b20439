import { expect, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { openDatabase } from '../support/test-database.ts';
import { openServer } from '../support/test-server.ts';
import { openWorld } from '../support/world.ts';

const { alice, charlie, database, server } = await openWorld();
// Of a database of their own: whoever shares a queue takes mails from each other.
const elsewhere = await openDatabase();
const sending = await openServer(elsewhere, {
  SMTP_URL: 'smtp://127.0.0.1:9',
  MAIL_FROM: 'watch@status.example',
});
const reached = await openServer(elsewhere, { PUBLIC_URL: 'http://status.lan:3000' });

/** Someone at the machine itself, with no proxy between. */
const here = Object.assign(new ApiClient(server.origin), { address: null });

const openMailbox = (client: ApiClient = here, headers: Record<string, string> = {}) =>
  client.raw('GET', '/dev/mailbox', { headers });

/** The text of the newest mail to somebody, its token, and the address of its HTML. */
const newest = (to: string) =>
  eventually(async () => {
    const { text } = await openMailbox();
    const articles = text.match(/<article>[\s\S]*?<\/article>/g) ?? [];
    const article = articles.find((each) => each.includes(`To ${to},`)) ?? '';
    const [, token] = /\/verify-email#token=([\w-]{43})"/.exec(article) ?? [];
    const [, path] = /<a href="(\/dev\/mailbox\/[0-9a-f-]{36})">/.exec(article) ?? [];
    return token === undefined || path === undefined ? undefined : { article, token, path };
  });

test('a developer reads in the mailbox what alice would have got, and its link works', async () => {
  const { article, token, path } = await newest(alice.email);
  expect(article).toContain('<h2>Verify your email address</h2>');
  expect(article).toContain(`<a href="${server.origin}/verify-email#token=${token}">`);
  const html = await here.raw('GET', path);
  expect(html.status).toBe(200);
  expect(html.text).toContain(`href="${server.origin}/verify-email#token=${token}"`);
  expect(html.headers['content-security-policy']).toMatch(/default-src 'none'.*; sandbox$/);
  expect(await alice.call('auth.verifyEmail', { token })).toEqual({ email: alice.email });
});

test('nothing of the mailbox is kept by a browser, shown in a frame or allowed to run', async () => {
  const { headers } = await openMailbox();
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  expect(headers['content-security-policy']).toMatch(/^default-src 'none';.* style-src 'sha256-[\w+/=]+'$/);
});

test('who is elsewhere reads no mail: by the network, through a proxy, or by a name that was pointed here', async () => {
  const { path } = await newest(alice.email);
  const strangers: [client: ApiClient, headers: Record<string, string>][] = [
    [new ApiClient(server.origin), {}],
    [here, { 'x-forwarded-for': '127.0.0.1' }],
    [here, { forwarded: 'for=127.0.0.1' }],
    [here, { via: '1.1 proxy' }],
    [here, { host: 'evil.example' }],
    [here, { host: `localhost.evil.example:${server.port}` }],
  ];
  for (const [client, headers] of strangers) {
    for (const address of ['/dev/mailbox', '/dev/mailbox/', path]) {
      const answer = await client.raw('GET', address, { headers });
      expect([answer.status, answer.text]).toEqual([403, 'Mails are shown on the machine itself alone.']);
    }
  }
  expect((await openMailbox()).status).toBe(200);
});

test('only the newest fifty are kept', async () => {
  const { boss, mailer } = server.services;
  const [found] = await database.admin<{ id: string }>('select id from users where email = $1', [
    charlie.email,
  ]);
  const job = { data: { kind: 'verify_email', userId: found?.id } };
  await boss.insert(
    'accounts.mail',
    Array.from({ length: 60 }, () => job),
  );
  await eventually(
    () => mailer.mailbox?.list().filter(({ to }) => to.address === charlie.email).length === 50,
  );
  const { text } = await openMailbox();
  expect(text.match(/<article>/g)).toHaveLength(50);
});

test('where mails are sent there is no mailbox', async () => {
  expect(sending.services.mailer.mailbox).toBeNull();
  const client = Object.assign(new ApiClient(sending.origin), { address: null });
  expect((await openMailbox(client)).text).not.toContain('article');
});

test('a server that others reach shows no mail to anybody, and says that it sends none', async () => {
  const client = Object.assign(new ApiClient(reached.origin), { address: null });
  expect((await openMailbox(client)).text).not.toContain('Mails that were not sent');
  expect(reached.logLines).toContainEqual(expect.objectContaining({ level: 'warn', event: 'mail.not_sent' }));
});
