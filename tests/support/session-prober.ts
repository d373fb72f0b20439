import pg from 'pg';
import { afterAll } from 'vitest';
import { type InstanceFigures, insertInstance, updateInstance } from '../../prober/instance-rows.ts';
import { PROBER_LOCK_CLASS } from '../../shared/jobs/wake-channel.ts';
import type { TestDatabase } from './test-database.ts';

export type SessionProber = {
  instanceId: number;
  /** Reports, as the prober's own heartbeat does. */
  beat: (figures?: Partial<InstanceFigures>) => Promise<void>;
  /** Its process ends without a word. */
  die: () => Promise<void>;
};

const IDLE: InstanceFigures = {
  latenessP99Ms: 3,
  checksRunning: 0,
  cpuRatio: 0.1,
  memoryMib: 80,
  checks: { up: 0, degraded: 0, down: 0, void: 0 },
};

/** Probers that stand in the list with a session of their own, and make no checks. */
export function openSessionProbers(database: TestDatabase) {
  const pool = new pg.Pool({ connectionString: database.urls.prober, max: 2 });
  const sessions = new Set<pg.Client>();
  afterAll(async () => {
    for (const session of sessions) await session.end();
    await pool.end();
  });
  return async (region: string): Promise<SessionProber> => {
    const instanceId = await insertInstance(pool, { region, version: '9.9.9', host: 'test' });
    const session = new pg.Client({ connectionString: database.urls.prober });
    await session.connect();
    sessions.add(session);
    await session.query('select pg_advisory_lock($1, $2)', [PROBER_LOCK_CLASS, instanceId]);
    return {
      instanceId,
      async beat(figures = {}) {
        await updateInstance(pool, instanceId, { ...IDLE, ...figures });
      },
      async die() {
        sessions.delete(session);
        await session.end();
      },
    };
  };
}
