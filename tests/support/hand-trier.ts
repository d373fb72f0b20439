import pg from 'pg';
import { afterAll } from 'vitest';
import {
  answerCheckRequest,
  type CheckAnswer,
  type CheckRequest,
  takeCheckRequests,
} from '../../prober/check-request-rows.ts';
import type { CheckSpec } from '../../shared/checks/check-spec.ts';
import { PROBER_LOCK_CLASS } from '../../shared/jobs/wake-channel.ts';
import { openRequestSpec } from '../../shared/secrets/request-spec.ts';
import { eventually } from './eventually.ts';
import { testRing } from './monitor-key.ts';
import type { TestDatabase } from './test-database.ts';
import { addRegion } from './world.ts';

export type HandTrier = {
  /** Waits for a draft, and takes it. */
  take: () => Promise<{ request: CheckRequest; spec: CheckSpec }>;
  /** Drafts that nobody has taken. */
  free: () => Promise<CheckRequest[]>;
  answer: (request: CheckRequest, answer?: Partial<CheckAnswer>) => Promise<void>;
  /** Its session ends, as that of a killed process does. */
  die: () => Promise<void>;
};

/** What a prober found that has nothing to complain of. */
export const FOUND: CheckAnswer = {
  checkedAt: '2026-01-31T12:00:00.000Z',
  finding: {
    outcome: 'up',
    code: 'ok',
    reason: null,
    statusCode: 200,
    timings: { dnsMs: 1, connectMs: 2, tlsMs: 3, firstByteMs: 4, transferMs: 5, totalMs: 15 },
  },
  exchange: { hops: [], certificate: null, body: null },
  verdicts: [],
};

/** A prober that lives and tries drafts when it is told to, with the prober's own statements and as its own role. */
export async function openHandTrier(database: TestDatabase, region = 'local'): Promise<HandTrier> {
  const instanceId = await addRegion(database, region);
  const pool = new pg.Pool({ connectionString: database.urls.prober, max: 2 });
  // It counts as alive while it reports: here once, for as long as a test file may take.
  await pool.query(`update prober_instances set last_seen_at = now() + interval '1 hour' where id = $1`, [
    instanceId,
  ]);
  const session = new pg.Client({ connectionString: database.urls.prober });
  await session.connect();
  await session.query('select pg_advisory_lock($1, $2)', [PROBER_LOCK_CLASS, instanceId]);
  let died: Promise<void> | undefined;
  const die = () => {
    died ??= session.end();
    return died;
  };
  afterAll(async () => {
    await die();
    await pool.end();
  });
  const free = (limit = 10) => takeCheckRequests(pool, { region, instanceId, limit });
  return {
    die,
    free,
    take: () =>
      eventually(async () => {
        const [request] = await free(1);
        return request && { request, spec: openRequestSpec(testRing(), request, request.sealedSpec) };
      }),
    answer: (request, answer = {}) => answerCheckRequest(pool, request, { ...FOUND, ...answer }),
  };
}
