import { type DatabaseServer, startDatabaseServer } from './support/database-server.ts';
import {
  isStopped,
  type PartResult,
  printPart,
  printTotal,
  runCommand,
  runProject,
  stopWhenTold,
} from './support/run-part.ts';

/**
 * `npm test`: types, lint, what is unused, and every project of vitest.config.ts but the long faults, in this order. With
 * names behind it, only those parts: `npm test -- journeys browser`.
 */
const CHECKS: Record<string, [command: string, args: string[]]> = {
  types: ['tsc', []],
  lint: ['biome', ['check', '.']],
  unused: ['knip', ['--no-progress']],
  client: ['vite', ['build', '--config', 'client/vite.config.ts', '--logLevel', 'warn']],
};
const PROJECTS = ['unit', 'database', 'journeys', 'prober', 'deploy', 'browser', 'faults'];

/** These run against the built client: without it they would prove nothing. */
const NEEDS_CLIENT = ['journeys', 'browser', 'deploy'];

async function run(chosen: string[]): Promise<number> {
  const startedAt = performance.now();
  const all = [...Object.keys(CHECKS), ...PROJECTS];
  const unknown = chosen.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    process.stderr.write(`There is no part ${unknown.join(', ')}. There are: ${all.join(', ')}.\n`);
    return 1;
  }
  const isWanted = (name: string) =>
    chosen.length === 0 ||
    chosen.includes(name) ||
    (name === 'client' && chosen.some((part) => NEEDS_CLIENT.includes(part)));

  const results: PartResult[] = [];
  const note = (result: PartResult) => {
    results.push(result);
    printPart(result);
  };
  const projects = PROJECTS.filter(isWanted);
  const database = projects.length > 0 ? startDatabaseServer() : null;
  try {
    for (const [name, [command, args]] of Object.entries(CHECKS)) {
      if (isWanted(name) && !isStopped()) note(await runCommand(name, command, args));
    }
    const environment = database === null ? {} : environmentOf(await database);
    for (const name of projects) {
      if (!isStopped()) note(await runProject(name, environment));
    }
  } finally {
    await (await database)?.stop();
  }
  return printTotal(results, startedAt);
}

function environmentOf({ adminUrl, passwords }: DatabaseServer): Record<string, string> {
  return { STATUSWATCH_TEST_DATABASE_SERVER: JSON.stringify({ adminUrl, passwords }) };
}

stopWhenTold();
process.exitCode = await run(process.argv.slice(2));
