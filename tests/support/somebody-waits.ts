import { eventually } from './eventually.ts';
import type { TestDatabase } from './test-database.ts';

/** Waits until somebody waits for a lock in this database: the test then holds what another wants. */
export const somebodyWaits = (database: TestDatabase) =>
  eventually(async () => {
    const rows = await database.admin(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows.length > 0;
  });
