import type pg from 'pg';
import { LIVING_PROBERS } from '../drizzle/living-probers.ts';
import { REQUEST_LIVES_SECONDS, type TriedCheck } from '../shared/monitoring/try-monitor.ts';

/** A draft somebody waits for, still sealed. */
export type CheckRequest = { tenantId: string; requestId: string; sealedSpec: Buffer };
export type CheckAnswer = Omit<TriedCheck, 'region'>;

/** Takes the oldest drafts of a region, those too that a prober took which is dead by now. */
export async function takeCheckRequests(
  pool: pg.Pool,
  { region, instanceId, limit }: { region: string; instanceId: number; limit: number },
): Promise<CheckRequest[]> {
  const { rows } = await pool.query<{ tenant_id: string; id: string; sealed_spec: Buffer }>({
    name: 'take-check-requests',
    text: `with ${LIVING_PROBERS}, free as materialized (
        select r.tenant_id, r.id from check_requests r
        where r.region = $1 and r.answered_at is null
          and r.requested_at > now() - make_interval(secs => ${REQUEST_LIVES_SECONDS})
          and (r.taken_by is null or r.taken_by <> all ((select ids from living)::int[]))
        order by r.requested_at limit $2
        for update of r skip locked
      )
      update check_requests r set taken_by = $3 from free
      where r.tenant_id = free.tenant_id and r.id = free.id
      returning r.tenant_id, r.id, r.sealed_spec`,
    values: [region, limit, instanceId],
  });
  return rows.map((row) => ({ tenantId: row.tenant_id, requestId: row.id, sealedSpec: row.sealed_spec }));
}

/** Answers a draft; the first answer stands. */
export async function answerCheckRequest(
  pool: pg.Pool,
  { tenantId, requestId }: CheckRequest,
  answer: CheckAnswer,
): Promise<void> {
  await pool.query({
    name: 'answer-check-request',
    text: `update check_requests set answer = $3, answered_at = now()
      where tenant_id = $1 and id = $2 and answered_at is null`,
    values: [tenantId, requestId, JSON.stringify(answer)],
  });
}
