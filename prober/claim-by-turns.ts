import type pg from 'pg';
import { LIVING_PROBERS } from '../drizzle/living-probers.ts';
import {
  type Claim,
  type ClaimedCheck,
  type ClaimedRow,
  DUE_AND_FREE,
  LEASE,
  SLOT,
  toClaimedCheck,
} from './claim-due-checks.ts';

/**
 * As `claimDueChecks`, but organization by organization: the oldest of each, then the next of each. So of `$2` rows none has
 * more than its share while another has some due. It reads all that is due (500 of 50,000 take 48 ms, 34 more than by
 * age); an index by organization would spare that, for one more entry with every check ever made, behind or not.
 * Four times as many are looked at as are taken: another prober may be taking the first of them at this moment.
 */
const CLAIM = `
with ${LIVING_PROBERS}, first as materialized (
  select place, due_at, turn from (
    select s.ctid as place, s.due_at, row_number() over (partition by s.tenant_id order by s.due_at) as turn
    from check_schedule s
    where ${DUE_AND_FREE} and s.tenant_id <> all ($5::uuid[])
  ) waiting
  where turn <= 4 * $2::int order by turn, due_at limit 4 * $2::int
), due as materialized (
  select s.ctid as place, s.tenant_id, s.monitor_id, ${SLOT} as slot_at
  from first f join check_schedule s on s.ctid = f.place
  where ${DUE_AND_FREE}
  order by f.turn, f.due_at
  limit $2
  for update of s skip locked
)
${LEASE}`;

/** @param claim.without organizations that get nothing this time */
export async function claimByTurns(
  pool: pg.Pool,
  claim: Claim & { without: readonly string[] },
): Promise<ClaimedCheck[]> {
  const { rows } = await pool.query<ClaimedRow>({
    name: 'claim-by-turns',
    text: CLAIM,
    values: [claim.region, claim.limit, claim.instanceId, claim.aheadMs / 1000, claim.without],
  });
  return rows.map((row) => toClaimedCheck(row, claim));
}
