import { expect, test } from 'vitest';
import { createPool } from '../../server/database/pools.ts';
import { runTransaction } from '../../server/database/transaction.ts';
import { createLog } from '../../server/log.ts';
import { openDatabase } from '../support/test-database.ts';

const database = await openDatabase();

test('a connection that is lost in mid-transaction fails that transaction, and nothing else', async () => {
  const log = createLog('warn', 'server', { write: () => undefined });
  const pool = createPool(database.urls.app, 'app', 2, log);
  const lost = Promise.withResolvers<void>();
  pool.once('connect', (client) => client.once('end', lost.resolve));
  const work = runTransaction(pool, 'begin', async (tx) => {
    const { rows } = await tx.execute<{ pid: number }>('select pg_backend_pid() as pid');
    await database.admin('select pg_terminate_backend($1)', [rows[0]?.pid]);
    // Nothing is under way on the connection while it goes: nobody but the process itself could hear of it.
    await lost.promise;
    await tx.execute('select 1');
  });
  await expect(work).rejects.toThrow();
  expect(await runTransaction(pool, 'begin', (tx) => tx.execute('select 1 as one'))).toMatchObject({
    rows: [{ one: 1 }],
  });
  await pool.end();
});
