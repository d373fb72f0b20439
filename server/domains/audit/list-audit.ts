import * as v from 'valibot';
import type { AuditEntry, ListAuditInput } from '../../../shared/audit/audit-entry.ts';
import type { Tenant } from '../../database/tenant.ts';
import { readCursor } from '../../read-cursor.ts';
import { invalidField } from '../../refusal.ts';
import { writeCursor } from '../../write-cursor.ts';
import { hasAuditRow, listAuditRows } from './audit-rows.ts';

const position = v.object({ id: v.pipe(v.string(), v.uuid()) });

/** A page of the organization's audit log, newest first. @throws Refusal `invalid_input` for a cursor that is none */
export async function listAudit(
  tenant: Tenant,
  { cursor, limit, ...filter }: ListAuditInput,
): Promise<{ items: AuditEntry[]; nextCursor: string | null }> {
  const after = cursor ? readCursor(cursor, position).id : null;
  return tenant.transaction(async (tx) => {
    if (after !== null && !(await hasAuditRow(tx, after)))
      throw invalidField('cursor', 'This is no cursor of this list. Start again without one.');
    const found = await listAuditRows(tx, filter, { after, limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const more = found.length > limit && last !== undefined;
    return { items, nextCursor: more ? writeCursor({ id: last.id }) : null };
  });
}
