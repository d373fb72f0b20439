import * as v from 'valibot';
import { PLANS } from '../../../shared/billing/plans.ts';
import type { Result } from '../../../shared/checks/check-result.ts';
import { regionSchema } from '../../../shared/checks/region.ts';
import type { listResultsInput } from '../../../shared/monitoring/history.ts';
import { instantSchema } from '../../../shared/monitoring/instant.ts';
import { seeOneSnapshot } from '../../database/see-one-snapshot.ts';
import type { Tenant } from '../../database/tenant.ts';
import { readCursor } from '../../read-cursor.ts';
import { notFound } from '../../refusal.ts';
import { writeCursor } from '../../write-cursor.ts';
import { readPlan } from '../tenancy/read-plan.ts';
import { listPackedResults } from './list-packed-results.ts';
import { readMonitorRow } from './monitor-rows.ts';
import { listResultRows } from './result-rows.ts';

const position = v.object({ slotAt: instantSchema, region: regionSchema });

/**
 * A page of single results, newest first, as far back as the plan keeps them, whether they are packed already or not.
 *
 * @throws Refusal `not_found`, `invalid_input`
 */
export async function listResults(
  tenant: Tenant,
  input: v.InferOutput<typeof listResultsInput>,
): Promise<{ items: Result[]; nextCursor: string | null }> {
  const after = input.cursor ? readCursor(input.cursor, position) : null;
  return tenant.transaction(async (tx) => {
    await seeOneSnapshot(tx);
    if ((await readMonitorRow(tx, input.monitorId)) === null) throw notFound('monitor');
    const keptDays = PLANS[await readPlan(tx, tenant.id)].retentionDays;
    const oldestMs = Date.now() - keptDays * 86_400_000;
    const fromMs = Math.max(oldestMs, input.from === undefined ? oldestMs : Date.parse(input.from));
    const filter = {
      from: new Date(fromMs).toISOString(),
      to: input.to ?? null,
      outcome: input.outcome,
      after,
      limit: input.limit + 1,
    };
    const raw = await listResultRows(tx, input.monitorId, filter);
    // With a full page of raw results only packed ones among them can still matter.
    const oldest = raw.length === filter.limit ? raw.at(-1) : undefined;
    const packed = await listPackedResults(tx, input.monitorId, {
      ...filter,
      from: oldest?.slotAt ?? filter.from,
    });
    const found = mergeNewestFirst(packed, raw);
    const items = found.slice(0, input.limit);
    const last = items.at(-1);
    const more = found.length > input.limit && last !== undefined;
    return { items, nextCursor: more ? writeCursor({ slotAt: last.slotAt, region: last.region }) : null };
  });
}

/** One list of two that are newest first; of two results for a slot the packed one stands. */
function mergeNewestFirst(packed: readonly Result[], raw: readonly Result[]): Result[] {
  const merged: Result[] = [];
  let next = 0;
  for (const result of packed) {
    for (; next < raw.length; next++) {
      const other = raw[next];
      if (other === undefined || keyOf(other) < keyOf(result)) break;
      if (keyOf(other) > keyOf(result)) merged.push(other);
    }
    merged.push(result);
  }
  return [...merged, ...raw.slice(next)];
}

/** Orders like slot and region: instants all have the same length, and no region has a space. */
const keyOf = (result: Result) => `${result.slotAt} ${result.region}`;
