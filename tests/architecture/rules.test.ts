import { expect, test } from 'vitest';
import {
  brokenConstruction,
  brokenEnvironment,
  brokenNamesAndSizes,
  brokenQueries,
  brokenTableNames,
  brokenTests,
  brokenVerbs,
} from './house-rules.ts';
import { brokenDomainRow, brokenImports } from './import-rules.ts';
import { type Module, parseModule } from './read-modules.ts';

/** The rules tried on what they forbid, so that a rule which no longer sees anything is noticed. */
const bad = (file: string, text: string): Module[] => [parseModule(file, text)];

const FORBIDDEN_IMPORTS: [file: string, text: string, why: string][] = [
  ['shared/x.ts', `import pg from 'pg';`, 'shared imports valibot'],
  ['shared/checks/evaluate/x.ts', `import { a } from 'lodash';`, 'its parsers'],
  ['shared/x.ts', `import type { A } from '../server/a.ts';`, 'shared imports valibot'],
  ['drizzle/x.ts', `import { a } from '../server/a.ts';`, 'drizzle imports'],
  ['server/x.ts', `import { a } from '../prober/a.ts';`, 'the server imports'],
  ['server/x.ts', `export { a } from '../client/src/a.ts';`, 'the server imports'],
  ['prober/x.ts', `import { a } from '../server/log.ts';`, 'the prober imports'],
  ['prober/x.ts', `const a = await import('../server/log.ts');`, 'the prober imports'],
  ['client/src/x.ts', `import { AppRouter } from '../../server/trpc/router.ts';`, 'the type AppRouter'],
  ['client/src/x.ts', `import type { A } from '../../server/config.ts';`, 'the type AppRouter'],
  ['client/src/x.ts', `import { a } from '../../shared/network/a.ts';`, 'for Node only'],
  ['client/src/x.ts', `import { a } from '../../shared/secrets/a.ts';`, 'for Node only'],
  ['shared/secrets/x.ts', `import { a } from '../../server/a.ts';`, 'shared/secrets imports'],
  ['client/src/x.ts', `import {\n  readFile,\n} from 'node:fs';`, 'no Node'],
  ['deploy/x.ts', `import '../prober/main.ts';`, 'processes are started'],
];

test.each(FORBIDDEN_IMPORTS)('%s may not say %s', (file, text, why) => {
  expect(brokenImports(bad(file, text)).join()).toContain(why);
});

test('what is allowed is let through', () => {
  const good = [
    parseModule('client/src/x.ts', `import type { AppRouter } from '../../server/trpc/router.ts';`),
    parseModule('server/x.ts', `import { a } from '../shared/a.ts';\nimport pg from 'pg';`),
    parseModule('shared/x.ts', `import * as v from 'valibot';`),
  ];
  expect(brokenImports(good)).toEqual([]);
});

const FORBIDDEN_CALLS: [file: string, text: string, why: string][] = [
  ['server/domains/tenancy/x.ts', `import { a } from '../monitoring/a.ts';`, 'to the right of'],
  ['server/domains/monitoring/x.ts', `import { a } from '../tenancy/tenant-rows.ts';`, 'rows are its own'],
  ['server/domains/monitoring/x.ts', `import { a } from '../tenancy/router.ts';`, 'router are its own'],
  ['server/domains/monitoring/router.ts', `import { a } from '../tenancy/a.ts';`, 'their own domain'],
  ['server/http/x.ts', `import { a } from '../domains/operations/a-rows.ts';`, 'rows are its own'],
  ['server/domains/monitoring/x.ts', `import { a } from '../odds/a.ts';`, 'no domain odds'],
];

test.each(FORBIDDEN_CALLS)('%s may not say %s', (file, text, why) => {
  expect(brokenDomainRow(bad(file, text)).join()).toContain(why);
});

test('a table is seen outside a row file, in an import as in SQL', () => {
  const schema = parseModule('drizzle/schema/a.ts', `export const a = pgTable('monitors', {});`);
  const see = (text: string) => brokenTableNames([schema, parseModule('server/domains/x/verb.ts', text)]);
  expect(see(`import { monitors } from '../../../drizzle/schema/a.ts';`)).toHaveLength(1);
  expect(see('await pool.query(`select 1 from monitors`);')).toHaveLength(1);
  expect(see(`await pool.query('select ops.ensure_partitions()')`)).toHaveLength(1);
  expect(see('// reads from monitors\nawait listMonitors();')).toEqual([]);
});

test('the environment is seen where it is read', () => {
  expect(brokenEnvironment(bad('server/http/app.ts', 'const port = process.env.PORT;'))).toHaveLength(1);
  expect(brokenEnvironment(bad('server/main.ts', 'const { PORT } = process.env;'))).toHaveLength(1);
  expect(brokenEnvironment(bad('server/main.ts', 'const config = readConfig(process.env);'))).toEqual([]);
  expect(brokenEnvironment(bad('prober/config.ts', 'process.env.PORT'))).toEqual([]);
});

test('a client is seen where it is constructed', () => {
  expect(brokenConstruction(bad('server/domains/x/verb.ts', 'const pool = new pg.Pool();'))).toHaveLength(1);
  expect(brokenConstruction(bad('server/http/app.ts', 'const boss = createBoss(url, log);'))).toHaveLength(1);
  expect(brokenConstruction(bad('server/compose.ts', 'const boss = createBoss(url, log);'))).toEqual([]);
});

test('a query that would suspend its page is seen', () => {
  const see = (text: string) => brokenQueries(bad('client/src/features/x.tsx', text));
  expect(see(`import { useQuery } from '@tanstack/solid-query';`)).toHaveLength(1);
  expect(
    see(`import {\n  keepPreviousData,\n  useInfiniteQuery,\n} from '@tanstack/solid-query';`),
  ).toHaveLength(1);
  expect(see(`import * as query from '@tanstack/solid-query';`)).toHaveLength(1);
  expect(see(`import { keepPreviousData } from '@tanstack/solid-query';`)).toEqual([]);
  expect(see(`import { useQuery } from '../api/use-query.ts';`)).toEqual([]);
});

test('two verbs in one file are seen', () => {
  const two = 'export function pause() {}\nexport async function resume() {}\n';
  expect(brokenVerbs(bad('server/domains/x/pause.ts', two))).toHaveLength(1);
  expect(brokenVerbs(bad('server/domains/x/pause-rows.ts', two))).toEqual([]);
});

test('a test that is switched off or that nobody runs is seen', () => {
  const see = (file: string, text: string) =>
    brokenTests(bad(file, text), ['tests/a/**/*.test.ts', 'tests/**/b.test.ts']);
  expect(see('tests/a/x.test.ts', `test('x', () => {});`)).toEqual([]);
  for (const off of ['skip', 'only', 'todo', 'skipIf', 'concurrent.skip']) {
    expect(see('tests/a/x.test.ts', `test.${off}('x')`)).toHaveLength(1);
  }
  expect(see('tests/c/x.test.ts', '')).toHaveLength(1);
  expect(see('tests/a/b.test.ts', '')).toHaveLength(1);
});

test('barrels, drawers and long files are seen', () => {
  expect(brokenNamesAndSizes(bad('client/src/ui/index.ts', ''))).toHaveLength(1);
  expect(brokenNamesAndSizes(bad('server/utils.ts', ''))).toHaveLength(1);
  expect(brokenNamesAndSizes(bad('server/string-helpers.ts', ''))).toHaveLength(1);
  expect(brokenNamesAndSizes(bad('client/src/common/a.tsx', ''))).toHaveLength(1);
  expect(brokenNamesAndSizes(bad('server/a.ts', 'a\n'.repeat(300)))).toHaveLength(1);
  expect(brokenNamesAndSizes(bad('server/utilization.ts', 'a\n'.repeat(299)))).toEqual([]);
});
