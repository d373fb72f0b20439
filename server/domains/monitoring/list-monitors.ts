import * as v from 'valibot';
import { instantSchema } from '../../../shared/monitoring/instant.ts';
import type { ListMonitorsInput } from '../../../shared/monitoring/monitor-input.ts';
import { storableText } from '../../../shared/storable-text.ts';
import type { Tenant } from '../../database/tenant.ts';
import { readCursor } from '../../read-cursor.ts';
import { writeCursor } from '../../write-cursor.ts';
import { listMonitorRows, type StoredListItem } from './monitor-list-rows.ts';

const position = v.object({
  key: v.pipe(v.string(), storableText),
  id: v.pipe(v.string(), v.uuid()),
  at: instantSchema,
});
const numeric = v.object({
  ...position.entries,
  // As Postgres writes it, and as it can read it again: beyond what a double holds it would fail.
  key: v.pipe(
    v.string(),
    v.regex(/^-?(\d+(\.\d+)?(e[+-]?\d+)?|Infinity)$/),
    v.check((key) => key.endsWith('Infinity') || Number.isFinite(Number(key))),
    v.transform((key) => String(Number(key))),
  ),
});

/** One page of the organization's monitors. @throws Refusal `invalid_input` for a cursor that is none */
export async function listMonitors(
  tenant: Tenant,
  input: ListMonitorsInput,
): Promise<{ items: StoredListItem[]; nextCursor: string | null; total: number }> {
  const textual = input.sort === 'state' || input.sort === 'name';
  const after = input.cursor ? readCursor(input.cursor, textual ? position : numeric) : null;
  const page = await tenant.transaction((tx) => listMonitorRows(tx, input, after));
  return {
    items: page.items,
    nextCursor: page.next === null ? null : writeCursor(page.next),
    total: page.total,
  };
}
