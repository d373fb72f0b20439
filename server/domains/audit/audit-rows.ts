import { and, desc, eq, gte, lt, sql } from 'drizzle-orm';
import { auditLog } from '../../../drizzle/schema/audit.ts';
import type { AuditAction, AuditEntry } from '../../../shared/audit/audit-entry.ts';
import type { Transaction } from '../../database/transaction.ts';

export type NewAuditRow = Omit<typeof auditLog.$inferInsert, 'id' | 'at'>;

/** Which entries are asked for; instants are ISO 8601. `after` is the id of the entry the page begins behind. */
export type AuditFilter = {
  action?: AuditAction | undefined;
  actorId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  after: string | null;
  limit: number;
};

export async function insertAuditRow(tx: Transaction, row: NewAuditRow): Promise<void> {
  await tx.insert(auditLog).values(row);
}

export async function hasAuditRow(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.select({ id: auditLog.id }).from(auditLog).where(eq(auditLog.id, id));
  return rows.length > 0;
}

/** The organization's entries, newest first. */
export async function listAuditRows(tx: Transaction, filter: AuditFilter): Promise<AuditEntry[]> {
  const { at, id, action, actorId } = auditLog;
  const rows = await tx
    .select()
    .from(auditLog)
    .where(
      and(
        filter.action === undefined ? undefined : eq(action, filter.action),
        filter.actorId === undefined ? undefined : eq(actorId, filter.actorId),
        filter.from === undefined ? undefined : gte(at, new Date(filter.from)),
        filter.to === undefined ? undefined : lt(at, new Date(filter.to)),
        filter.after === null
          ? undefined
          : sql`(${at}, ${id}) < (select a.at, a.id from audit_log a where a.id = ${filter.after})`,
      ),
    )
    .orderBy(desc(at), desc(id))
    .limit(filter.limit);
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    action: row.action,
    subject: { kind: row.subjectKind, id: row.subjectId, name: row.subjectName },
    before: row.before,
    after: row.after,
    address: row.address,
  }));
}
