import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../deploy/one-box/config.ts';
import { ROLE_NAMES } from '../../drizzle/roles.ts';
import packageJson from '../../package.json' with { type: 'json' };

const read = (file: string) => readFile(path.join(ROOT, file), 'utf8');
const allOf = (pattern: RegExp, text: string) => [...text.matchAll(pattern)].map((found) => found[1] ?? '');
const OPERATING = 'docs/operating.md';

async function listDocuments(): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob(['*.md', 'docs/**/*.md'], { cwd: ROOT })) found.push(file);
  return found;
}

test('every link of the documents leads somewhere', async () => {
  const broken: string[] = [];
  let links = 0;
  for (const document of await listDocuments()) {
    for (const link of allOf(/\]\(([^)\s]+)\)/g, await read(document))) {
      if (/^https?:/.test(link)) continue;
      links += 1;
      const [file = '', anchor] = link.split('#', 2);
      const target = file === '' ? document : path.join(path.dirname(document), file);
      if (!existsSync(path.join(ROOT, target))) broken.push(`${document}: ${link}`);
      else if (anchor !== undefined && !anchorsOf(await read(target)).includes(anchor))
        broken.push(`${document}: ${link}`);
    }
  }
  expect(broken).toEqual([]);
  expect(links).toBeGreaterThan(10);
});

test('every npm command of the documents is one', async () => {
  const scripts = Object.keys(packageJson.scripts);
  for (const document of await listDocuments()) {
    const text = await read(document);
    const used = [...allOf(/npm run ([\w:]+)/g, text), ...allOf(/npm (start|test)\b/g, text)];
    expect(
      used.filter((name) => !scripts.includes(name)),
      document,
    ).toEqual([]);
  }
});

test('every file of this repository that a document names is there', async () => {
  const missing: string[] = [];
  for (const document of await listDocuments()) {
    const named = allOf(
      /`((?:server|prober|shared|drizzle|client|deploy|tests|docs)\/[\w./-]*)`/g,
      await read(document),
    );
    missing.push(
      ...named.filter(
        (file) => !existsSync(path.join(ROOT, file)) && file !== 'server/domains/accounts/oauth.ts',
      ),
    );
  }
  expect(missing).toEqual([]);
});

test('operating.md has every variable that the code reads, and no other', async () => {
  const readers = [
    'server/config.ts',
    'prober/config.ts',
    'drizzle/migrate-command.ts',
    'deploy/one-box/config.ts',
  ];
  const code = await Promise.all(readers.map(read));
  const known = new Set(
    code.flatMap((text) => [
      ...allOf(/^ {2}([A-Z][A-Z0-9_]+): /gm, text), // a schema's entry
      ...allOf(/(?:process\.env|environment)\.([A-Z][A-Z0-9_]+)/g, text),
      ...allOf(/: '([A-Z_]+_URL)'/g, text),
    ]),
  );
  const documented = allOf(/^\| `([A-Z][A-Z0-9_]+)` +\|/gm, await read(OPERATING));
  expect(documented.length).toBeGreaterThan(12);
  expect(documented.sort()).toEqual([...known].sort());
});

test('operating.md has every metric, role and view there is', async () => {
  const operating = await read(OPERATING);
  const metrics = allOf(/name: '(statuswatch_\w+)'/g, await read('server/http/metrics.ts'));
  expect(
    allOf(/^\| `(statuswatch_[a-z0-9_]+)` +\|/gm, operating)
      .filter((name) => metrics.includes(name))
      .sort(),
  ).toEqual(metrics.sort());
  const roles = ROLE_NAMES.map((name) => `statuswatch_${name}`);
  expect(
    allOf(/^\| `(statuswatch_\w+)` +\|/gm, operating)
      .filter((name) => !metrics.includes(name))
      .sort(),
  ).toEqual(roles.sort());

  const created: string[] = [];
  for await (const file of glob('drizzle/migrations/*.sql', { cwd: ROOT })) {
    created.push(...allOf(/CREATE VIEW (ops\.\w+)/g, await read(file)));
  }
  expect(allOf(/from (ops\.\w+)/g, operating).sort()).toEqual(created.sort());
});

/** As a heading's words become its address on a code host. */
function anchorsOf(text: string): string[] {
  return allOf(/^#+ (.+)$/gm, text).map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}
