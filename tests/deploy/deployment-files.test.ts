import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../deploy/one-box/config.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { readConfig } from '../../server/config.ts';
import { PROBER_MEMORY } from '../../shared/prober-flags.ts';

const FILES = ['deploy/Dockerfile', 'docker-compose.yml', 'fly.toml'];
/** Whose code reads the environment of the processes that these files start. */
const READERS = [
  'server/config.ts',
  'prober/config.ts',
  'drizzle/migrate-command.ts',
  'deploy/compose-setup.ts',
];
/** What Node itself reads. */
const OF_NODE = ['NODE_COMPILE_CACHE'];
/** Read by Postgres's own image, as its documentation says. */
const OF_THE_DATABASE_IMAGE = ['POSTGRES_PASSWORD_FILE', 'POSTGRES_INITDB_ARGS'];
const SECRETS = {
  SECRET_KEY: 'Zk3-9fQ_x7LrT2vB8nWy5cHd1mJg6pSa',
  MONITOR_KEY: '6pQm0vXc9sLyR2tWbE8nJzK5dHfG1uAoTi7rYk3eVxM',
  DATABASE_URL: 'postgres://app@127.0.0.1/statuswatch',
  IDENTITY_DATABASE_URL: 'postgres://identity@127.0.0.1/statuswatch',
  SYSTEM_DATABASE_URL: 'postgres://system@127.0.0.1/statuswatch',
};

const read = (file: string) => readFile(path.join(ROOT, file), 'utf8');
const allOf = (pattern: RegExp, text: string) => [...text.matchAll(pattern)].map((found) => found[1] ?? '');
const without = (text: string) => text.replaceAll(/^\s*#.*$/gm, '');

test('every program that a deployment starts is there', async () => {
  const texts = await Promise.all(FILES.map(read));
  const scripts = texts.flatMap((text) => allOf(/["' ]([\w/.-]+\.ts)["'\s]/g, without(text)));
  expect(scripts).toEqual(
    expect.arrayContaining(['server/main.ts', 'prober/main.ts', 'drizzle/migrate-command.ts']),
  );
  for (const script of scripts) expect(existsSync(path.join(ROOT, script)), script).toBe(true);
});

test('what a program of the image imports is in the image', async () => {
  const copied = allOf(/^COPY --from=build \/app\/([\w./]+)/gm, await read('deploy/Dockerfile'));
  expect(copied).toEqual(
    expect.arrayContaining(['node_modules', 'package.json', 'server', 'prober', 'client/dist']),
  );
  const missing = new Set<string>();
  const seen = new Set<string>();
  const follow = async (file: string): Promise<void> => {
    if (seen.has(file)) return;
    seen.add(file);
    if (!copied.some((place) => file === place || file.startsWith(`${place}/`))) missing.add(file);
    for (const target of allOf(/(?:from|import) '(\.[^']+)'/g, await read(file))) {
      const next = path.join(path.dirname(file), target);
      if (next.endsWith('.ts')) await follow(next);
      else if (!copied.some((place) => next === place || next.startsWith(`${place}/`))) missing.add(next);
    }
  };
  for (const start of ['server/main.ts', 'prober/main.ts', 'drizzle/migrate-command.ts']) await follow(start);
  await follow('deploy/compose-setup.ts');
  await follow('deploy/ask-health.ts');
  expect([...missing]).toEqual([]);
  expect(seen.size).toBeGreaterThan(100);
});

test('a prober in the image gives memory back as one that is started here', async () => {
  const dockerfile = await read('deploy/Dockerfile');
  for (const [name, value] of Object.entries(PROBER_MEMORY))
    expect(dockerfile).toContain(` ${name}=${value}`);
});

test('every variable that a deployment sets is read by the code', async () => {
  const known = new Set(
    (await Promise.all(READERS.map(read))).flatMap((text) => allOf(/\b([A-Z][A-Z0-9_]{3,})\b/g, text)),
  );
  const [dockerfile = '', compose = '', fly = ''] = (await Promise.all(FILES.map(read))).map(without);
  const set = [
    ...allOf(/\b([A-Z][A-Z0-9_]+)=/g, dockerfile),
    ...allOf(/^ {6}([A-Z][A-Z0-9_]+):/gm, compose),
    ...allOf(/\$\{([A-Z][A-Z0-9_]+)/g, compose),
    ...allOf(/^ {2}([A-Z][A-Z0-9_]+) =/gm, fly),
  ].filter(
    (name) =>
      !OF_THE_DATABASE_IMAGE.includes(name) && !Object.hasOwn(PROBER_MEMORY, name) && !OF_NODE.includes(name),
  );
  expect(set.length).toBeGreaterThan(20);
  expect(set.filter((name) => !known.has(name))).toEqual([]);
});

test('the server accepts what each deployment sets', async () => {
  const fly = Object.fromEntries(
    [...(await read('fly.toml')).matchAll(/^ {2}([A-Z][A-Z0-9_]+) = '(.*)'$/gm)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  expect(readConfig({ ...fly, ...SECRETS, SMTP_URL: 'smtps://mail.statuswatch.example' })).toMatchObject({
    production: true,
    port: 3000,
    secureCookies: true,
  });

  const app = sectionOf('app', await read('docker-compose.yml'));
  const compose = Object.fromEntries(
    [...app.matchAll(/^ {6}([A-Z][A-Z0-9_]+): (?:\$\{[A-Z_]+:-(.*)\}|"(.*)")$/gm)].map(
      ([, name, byDefault, fixed]) => [name, byDefault ?? fixed],
    ),
  );
  expect(Object.keys(compose).length).toBeGreaterThan(5);
  expect(readConfig({ ...compose, ...SECRETS })).toMatchObject({ production: false, port: 3000 });
});

test('every port that a deployment names is the one the server listens on', async () => {
  const byDefault = readConfig(SECRETS).port;
  const [dockerfile = '', compose = '', fly = ''] = (await Promise.all(FILES.map(read))).map(without);
  const ports = [
    ...allOf(/^EXPOSE (\d+)/gm, dockerfile),
    ...allOf(/\bPORT=(\d+)/g, dockerfile),
    ...allOf(/"\d+:(\d+)"/g, compose),
    ...allOf(/\bPORT: "(\d+)"/g, compose),
    ...allOf(/^\s*(?:internal_port|port|PORT) = '?(\d+)'?/gm, fly),
  ];
  expect(ports).toHaveLength(7);
  expect(new Set(ports)).toEqual(new Set([String(byDefault)]));
});

test('every path that Fly asks is a route', async () => {
  const routes = allOf(/app\.get\('([^']+)'/g, await read('server/http/app.ts'));
  const asked = allOf(/^\s*path = '([^']+)'/gm, await read('fly.toml'));
  expect(asked).toEqual(['/health', '/metrics']);
  expect(routes).toEqual(expect.arrayContaining(asked));
});

test('the image has the Node that the project pins, and the Bun that npm start uses', async () => {
  const dockerfile = await read('deploy/Dockerfile');
  const images = allOf(/^FROM node:([\d.]+)-/gm, dockerfile);
  expect(new Set(images)).toEqual(new Set([packageJson.dependencies.node]));
  const [bun] = allOf(/'bun@([\d.]+)'/g, await read('deploy/one-box/run.mjs'));
  expect(new Set(allOf(/bun@([\d.]+)/g, dockerfile))).toEqual(new Set([bun]));
});

test('volumes and steps that docker-compose.yml names are declared in it', async () => {
  const compose = without(await read('docker-compose.yml'));
  const [, services = '', volumes = ''] = /^services:\n(.*)^volumes:\n(.*)$/ms.exec(compose) ?? [];
  const declared = allOf(/^ {2}([\w-]+):/gm, volumes);
  const used = allOf(/^ {6}- ([\w-]+):\//gm, services);
  expect(new Set(used)).toEqual(new Set(declared));
  const steps = allOf(/^ {2}([\w-]+):$/gm, services);
  expect(steps).toEqual(['postgres', 'migrate', 'app', 'prober']);
  for (const needed of allOf(/^ {6}([\w-]+):\n {8}condition:/gm, services)) expect(steps).toContain(needed);
});

function sectionOf(step: string, compose: string): string {
  return new RegExp(`^ {2}${step}:\\n((?: {4}.*\\n|\\n)+)`, 'm').exec(compose)?.[1] ?? '';
}
