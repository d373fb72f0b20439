import pg from 'pg';
import type { Logger } from '../log.ts';

export type Pools = { app: pg.Pool; identity: pg.Pool; system: pg.Pool };

// bigint counts come back as numbers: none here passes 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * One pool a role. A connection that dies while idle is logged and replaced; a query on one that dies fails, and its
 * caller answers 503 until the database is back.
 */
export function createPool(connectionString: string, name: string, max: number, log: Logger): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: `statuswatch-${name}`,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    // A server that was cut off in the middle of a transaction must not hold its locks for ever.
    idle_in_transaction_session_timeout: 60_000,
  });
  pool.on('error', (error) =>
    log.warn({ event: 'database.connection_lost', pool: name, err: error }, 'connection lost'),
  );
  return pool;
}
