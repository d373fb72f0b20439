import { expect, test } from 'vitest';
import { PARTS } from '../../vitest.config.ts';
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
import { readModules } from './read-modules.ts';

const modules = readModules();
const includes = PARTS.flatMap((part) => part.test.include);

test('the whole project is looked at', () => {
  for (const file of ['server/main.ts', 'prober/main.ts', 'client/src/main.tsx', 'shared/error-reason.ts']) {
    expect(modules.map((module) => module.path)).toContain(file);
  }
});

test('every part imports only what it may', () => expect(brokenImports(modules)).toEqual([]));
test('domains call only those to their left', () => expect(brokenDomainRow(modules)).toEqual([]));
test('only row files name tables', () => expect(brokenTableNames(modules)).toEqual([]));
test('only config files read the environment', () => expect(brokenEnvironment(modules)).toEqual([]));
test('only compose constructs clients', () => expect(brokenConstruction(modules)).toEqual([]));
test('no page is taken away by its own queries', () => expect(brokenQueries(modules)).toEqual([]));
test('a file is one verb', () => expect(brokenVerbs(modules)).toEqual([]));
test('every test runs, in one part of a run', () => expect(brokenTests(modules, includes)).toEqual([]));
test('files are short and named for what they do', () => expect(brokenNamesAndSizes(modules)).toEqual([]));
