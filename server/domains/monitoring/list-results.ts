import * as v from 'valibot';
import { PLANS } from '../../../shared/billing/plans.ts';
import type { Result } from '../../../shared/checks/check-result.ts';
import { regionSchema } from '../../../shared/checks/region.ts';
import type { listResultsInput } from '../../../shared/monitoring/history.ts';
import { instantSchema } from '../../../shared/monitoring/instant.ts';
import type { Tenant } from '../../database/tenant.ts';
import { notFound } from '../../refusal.ts';
import { readPlan } from '../tenancy/read-plan.ts';
import { readMonitorRow } from './monitor-rows.ts';
import { readCursor } from './read-cursor.ts';
import { listResultRows } from './result-rows.ts';
import { writeCursor } from './write-cursor.ts';

const position = v.object({ slotAt: instantSchema, region: regionSchema });

/** A page of raw results, newest first, as far back as the plan keeps them. @throws Refusal `not_found`, `invalid_input` */
export async function listResults(
  tenant: Tenant,
  input: v.InferOutput<typeof listResultsInput>,
): Promise<{ items: Result[]; nextCursor: string | null }> {
  const after = input.cursor ? readCursor(input.cursor, position) : null;
  return tenant.transaction(async (tx) => {
    if ((await readMonitorRow(tx, input.monitorId)) === null) throw notFound('monitor');
    const keptDays = PLANS[await readPlan(tx, tenant.id)].retentionDays;
    const oldestMs = Date.now() - keptDays * 86_400_000;
    const fromMs = Math.max(oldestMs, input.from === undefined ? oldestMs : Date.parse(input.from));
    const found = await listResultRows(tx, input.monitorId, {
      from: new Date(fromMs).toISOString(),
      to: input.to ?? null,
      outcome: input.outcome,
      after,
      limit: input.limit + 1,
    });
    const items = found.slice(0, input.limit);
    const last = items.at(-1);
    const more = found.length > input.limit && last !== undefined;
    return { items, nextCursor: more ? writeCursor({ slotAt: last.slotAt, region: last.region }) : null };
  });
}
