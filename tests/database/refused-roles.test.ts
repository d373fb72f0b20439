import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { runProcess } from '../support/run-process.ts';
import { openDatabase } from '../support/test-database.ts';
import { freePort, serverEnvironment } from '../support/test-server.ts';

const database = await openDatabase();

async function startWith(more: Record<string, string>): Promise<{ code: unknown; problems: unknown }> {
  const server = runProcess('server/main.ts', serverEnvironment(database, await freePort(), more));
  const code = await server.ended();
  return { code, problems: server.lines().find((line) => line.event === 'server.refused')?.problems };
}

test('the server refuses roles that could walk around row security, and names all of them at once', async () => {
  const { code, problems } = await startWith({
    DATABASE_URL: database.adminUrl,
    IDENTITY_DATABASE_URL: database.urls.owner,
    SYSTEM_DATABASE_URL: database.urls.backup,
  });
  expect(code).toBe(1);
  expect(problems).toEqual([
    expect.stringMatching(/postgres is a superuser/),
    expect.stringMatching(/statuswatch_owner owns tables/),
    expect.stringMatching(/statuswatch_backup has BYPASSRLS/),
  ]);
});

test('the server refuses a role that belongs to the owner of the tables', async () => {
  const url = new URL(database.urls.app);
  url.username = `stray_${randomUUID().slice(0, 8)}`;
  await database.admin(
    `create role ${url.username} login password '${url.password}' in role statuswatch_owner`,
  );
  await database.admin(`grant connect on database ${database.name} to ${url.username}`);
  try {
    const { code, problems } = await startWith({ DATABASE_URL: url.toString() });
    expect(code).toBe(1);
    expect(problems).toEqual([
      expect.stringMatching(/stray_\w+ owns tables, or belongs to the role that does/),
    ]);
  } finally {
    await database.admin(`drop owned by ${url.username}; drop role ${url.username}`);
  }
});

test('the server refuses URLs that were swapped', async () => {
  const { code, problems } = await startWith({
    DATABASE_URL: database.urls.identity,
    IDENTITY_DATABASE_URL: database.urls.app,
  });
  expect(code).toBe(1);
  expect(problems).toEqual([
    'The URL for app connects as statuswatch_identity; it must connect as statuswatch_app.',
    'The URL for identity connects as statuswatch_app; it must connect as statuswatch_identity.',
  ]);
});

test('a database that is away is told in one sentence', async () => {
  const away = new URL(database.urls.app);
  away.port = String(await freePort());
  const { code, problems } = await startWith({ DATABASE_URL: away.toString() });
  expect(code).toBe(1);
  expect(problems).toEqual([
    `The database at ${away.host} does not answer. Start it, or mend DATABASE_URL and its companions.`,
  ]);
});

test('a port that is taken is told in one sentence', async () => {
  const taken = createServer().listen(0);
  const address = taken.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const { code, problems } = await startWith({ PORT: String(port) });
  taken.close();
  expect(code).toBe(1);
  expect(problems).toEqual([`Port ${port} is taken. Stop what listens there, or set PORT to another.`]);
});

test('an environment with several mistakes is refused with all of them', async () => {
  const { code, problems } = await startWith({
    NODE_ENV: 'production',
    SECRET_KEY: 'changeme',
    MONITOR_KEY: 'changeme',
    PORT: 'eighty',
    TRUSTED_PROXIES: '10.0.0.0/33',
    MAIL_FROM: 'nobody',
    DATABASE_URL: 'mysql://localhost',
  });
  expect(code).toBe(1);
  expect(problems).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^PORT must be a number/),
      expect.stringMatching(/^SECRET_KEY is too short/),
      expect.stringMatching(/^MONITOR_KEY looks like a placeholder/),
      expect.stringMatching(/^TRUSTED_PROXIES must be a list of networks/),
      expect.stringMatching(/^MAIL_FROM must be an address/),
      expect.stringMatching(/^SMTP_URL is missing: in production mails must go out/),
      expect.stringMatching(/^DATABASE_URL must be a URL/),
      expect.stringMatching(/in production it must begin with https/),
    ]),
  );
});

test('the roles as they are made are not refused, and the server stops cleanly when told', async () => {
  const server = runProcess('server/main.ts', serverEnvironment(database, await freePort()));
  await server.event('server.started');
  server.child.kill('SIGTERM');
  expect(await server.ended()).toBe(0);
  expect(server.lines().at(-1)?.event).toBe('server.stopped');
});
