import type pg from 'pg';
import { isDatabaseAway } from '../../database/is-database-away.ts';
import { migrationsApplied, secondsBehindWithJobs, secondsSinceProber } from './readiness-rows.ts';

/** Each part that must work before traffic is sent here: `ok`, or what is wrong in a sentence. */
export type Readiness = { database: string; migrations: string; jobs: string; prober: string };

const PROBER_SILENCE_SECONDS = 15;
/** The search for overdue checks is due every 5 seconds: so late, nobody works jobs. */
const JOBS_BEHIND_SECONDS = 60;

/** Asks every part, in turn; a database that is away makes all the others unknown. */
export async function checkReadiness(options: {
  system: pg.Pool;
  migrations: number;
  jobsRunning: () => boolean;
}): Promise<Readiness> {
  const { system } = options;
  const database = await ask(async () => {
    await system.query('select 1');
    return 'ok';
  });
  if (database !== 'ok') {
    const unknown = 'unknown: the database does not answer';
    return { database, migrations: unknown, jobs: unknown, prober: unknown };
  }
  return {
    database,
    migrations: await ask(async () => {
      const applied = await migrationsApplied(system);
      if (applied >= options.migrations) return 'ok';
      return `${applied} of ${options.migrations} migrations are applied. Run "npm run migrate".`;
    }),
    jobs: await ask(async () => {
      if (!options.jobsRunning()) return 'The job queue does not run in this process.';
      const behind = await secondsBehindWithJobs(system);
      return behind <= JOBS_BEHIND_SECONDS ? 'ok' : `Jobs have been waiting for ${Math.round(behind)} s.`;
    }),
    prober: await ask(async () => {
      const silence = await secondsSinceProber(system);
      if (silence === null) return 'No prober has ever reported. Start one.';
      return silence <= PROBER_SILENCE_SECONDS
        ? 'ok'
        : `No prober has reported for ${Math.round(silence)} s.`;
    }),
  };
}

/** A part that cannot even be asked is named like one that is not ready; the operator reads why. */
async function ask(question: () => Promise<string>): Promise<string> {
  try {
    return await question();
  } catch (error) {
    if (isDatabaseAway(error)) return 'The database does not answer.';
    return `It cannot be asked: ${error instanceof Error ? error.message : String(error)}.`;
  }
}
