import * as v from 'valibot';
import type { listStateChangesInput, StateChange } from '../../../shared/monitoring/state-change.ts';
import { seeOneSnapshot } from '../../database/see-one-snapshot.ts';
import type { Tenant } from '../../database/tenant.ts';
import { readCursor } from '../../read-cursor.ts';
import { invalidField, notFound } from '../../refusal.ts';
import { writeCursor } from '../../write-cursor.ts';
import { readMonitorRow } from './monitor-rows.ts';
import { findStateChange, listStateChangeRows } from './state-change-rows.ts';

const position = v.object({ id: v.pipe(v.string(), v.uuid()) });

/**
 * A page of a monitor's changes of state, newest first.
 *
 * @throws Refusal `not_found`, `invalid_input`
 */
export async function listStateChanges(
  tenant: Tenant,
  input: v.InferOutput<typeof listStateChangesInput>,
): Promise<{ items: StateChange[]; nextCursor: string | null }> {
  const after = input.cursor ? readCursor(input.cursor, position).id : null;
  return tenant.transaction(async (tx) => {
    await seeOneSnapshot(tx);
    if ((await readMonitorRow(tx, input.monitorId)) === null) throw notFound('monitor');
    if (after !== null && (await findStateChange(tx, input.monitorId, after)) === null)
      throw invalidField('cursor', 'This is no cursor of this list. Start again without one.');
    const found = await listStateChangeRows(tx, input.monitorId, { after, limit: input.limit + 1 });
    const items = found.slice(0, input.limit);
    const last = items.at(-1);
    const more = found.length > input.limit && last !== undefined;
    return { items, nextCursor: more ? writeCursor({ id: last.id }) : null };
  });
}
