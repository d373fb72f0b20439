import pg from 'pg';
import { migrate } from '../../drizzle/migrate.ts';
import { type GivenUrls, type ProcessUrls, URL_VARIABLES } from './config.ts';
import { StartFailure } from './start-failure.ts';

const ANSWER_WITHIN_MS = 5000;

export type Database = {
  urls: ProcessUrls;
  /** Where it is, as the end of a sentence. */
  where: string;
  stop: () => Promise<void>;
};

/**
 * A database of the operator's own, brought up to date when its owner's URL is given.
 *
 * @throws StartFailure when it does not answer
 */
export async function openGivenDatabase(urls: GivenUrls): Promise<Database> {
  const roles = ['app', 'identity', 'system', 'prober', 'owner'] as const;
  for (const role of roles) {
    const url = urls[role];
    if (url !== undefined) await assertAnswers(url, URL_VARIABLES[role]);
  }
  if (urls.owner !== undefined) await migrate({ ownerUrl: urls.owner });
  return { urls, where: `is at ${new URL(urls.app).host}`, stop: async () => undefined };
}

async function assertAnswers(url: string, variable: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: ANSWER_WITHIN_MS });
  try {
    await client.connect();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new StartFailure(
      `The database of ${variable} does not let us in (${message || code}): see that it runs and that ${variable} is right.`,
      { cause: error },
    );
  }
  await client.end();
}
