import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import type * as v from 'valibot';
import { STATE_CHANGED_EVENT, type stateChangedPayload } from '../../../shared/jobs/queues.ts';
import type { DecisionGrounds } from '../../../shared/monitoring/state-change.ts';
import type { Transaction } from '../../database/transaction.ts';
import { type NewState, type StateRow, writeStateChange } from './state-rows.ts';

/** Changes a monitor's state and tells whoever subscribed to it, in one commit. @returns the change's id */
export async function changeState(
  tx: Transaction,
  boss: PgBoss,
  before: StateRow,
  after: NewState,
  why: { flapping: boolean; grounds: DecisionGrounds | null } = { flapping: false, grounds: null },
): Promise<string> {
  const stateChangeId = await writeStateChange(tx, before, after, why);
  const event: v.InferOutput<typeof stateChangedPayload> = {
    tenantId: before.tenantId,
    monitorId: before.monitorId,
    stateChangeId,
  };
  await boss.publish(STATE_CHANGED_EVENT, event, { db: fromDrizzle(tx, sql) });
  return stateChangeId;
}
