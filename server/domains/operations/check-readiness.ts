import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import * as v from 'valibot';
import { isBossInstalled, migrationsApplied, secondsSinceProber } from './readiness-rows.ts';

/** Each part that must work before traffic is sent here: `ok`, or what is wrong in a sentence. */
export type Readiness = { database: string; migrations: string; jobs: string; prober: string };

const PROBER_SILENCE_SECONDS = 15;
const journal = v.object({ entries: v.array(v.object({ when: v.number() })) });

/** How many migrations this release has. */
export async function countMigrations(journalUrl: URL): Promise<number> {
  return v.parse(journal, JSON.parse(await readFile(journalUrl, 'utf8'))).entries.length;
}

/** Asks every part, in turn; a database that is away makes all the others unknown. */
export async function checkReadiness(options: {
  system: pg.Pool;
  migrations: number;
  jobsRunning: () => boolean;
}): Promise<Readiness> {
  try {
    await options.system.query('select 1');
  } catch {
    const unknown = 'unknown: the database does not answer';
    return { database: 'The database does not answer.', migrations: unknown, jobs: unknown, prober: unknown };
  }
  const applied = await migrationsApplied(options.system);
  const silence = await secondsSinceProber(options.system);
  return {
    database: 'ok',
    migrations:
      applied >= options.migrations
        ? 'ok'
        : `${applied} of ${options.migrations} migrations are applied. Run "npm run migrate".`,
    jobs:
      options.jobsRunning() && (await isBossInstalled(options.system))
        ? 'ok'
        : 'The job queue does not run in this process.',
    prober:
      silence !== null && silence <= PROBER_SILENCE_SECONDS
        ? 'ok'
        : silence === null
          ? 'No prober has ever reported. Start one.'
          : `No prober has reported for ${Math.round(silence)} s.`,
  };
}
