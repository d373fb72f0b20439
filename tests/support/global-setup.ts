import type { TestProject } from 'vitest/node';
import { type DatabaseServerFacts, startDatabaseServer } from './database-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: DatabaseServerFacts;
  }
}

/** The Postgres that `tests/run.ts` started for the whole run; one of our own when a part is run alone. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.STATUSWATCH_TEST_DATABASE_SERVER;
  if (given !== undefined) {
    project.provide('databaseServer', JSON.parse(given) as DatabaseServerFacts); // written by tests/run.ts
    return undefined;
  }
  const { stop, ...facts } = await startDatabaseServer();
  project.provide('databaseServer', facts);
  return stop;
}
