import { and, desc, eq, gte, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm';
import { auditLog } from '../../../drizzle/schema/audit.ts';
import {
  AUDIT_ACTIONS,
  type AuditActor,
  type AuditEntry,
  type AuditFilter,
  GROUP_OF_ACTION,
} from '../../../shared/audit/audit-entry.ts';
import type { Transaction } from '../../database/transaction.ts';

export type NewAuditRow = Omit<typeof auditLog.$inferInsert, 'id' | 'at'>;

export async function insertAuditRow(tx: Transaction, row: NewAuditRow): Promise<void> {
  await tx.insert(auditLog).values(row);
}

export async function hasAuditRow(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.select({ id: auditLog.id }).from(auditLog).where(eq(auditLog.id, id));
  return rows.length > 0;
}

/** The organization's entries, newest first. @param page.after the id of the entry the page begins behind */
export async function listAuditRows(
  tx: Transaction,
  filter: AuditFilter,
  page: { after: string | null; limit: number },
): Promise<AuditEntry[]> {
  const { at, id } = auditLog;
  const behind =
    page.after === null
      ? undefined
      : sql`(${at}, ${id}) < (select a.at, a.id from audit_log a where a.id = ${page.after})`;
  const rows = await tx
    .select()
    .from(auditLog)
    .where(and(...conditionsOf(filter), behind))
    .orderBy(desc(at), desc(id))
    .limit(page.limit);
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    action: row.action,
    subject: { kind: row.subjectKind, id: row.subjectId, name: row.subjectName },
    before: row.before ?? {},
    after: row.after ?? {},
    address: row.address,
  }));
}

function conditionsOf(filter: AuditFilter): (SQL | undefined)[] {
  const { action, actorId, at, subjectName } = auditLog;
  const { group, actor, subject } = filter;
  const ofGroup = AUDIT_ACTIONS.filter((name) => GROUP_OF_ACTION[name] === group);
  return [
    filter.action && eq(action, filter.action),
    filter.actions && inArray(action, filter.actions),
    group && inArray(action, ofGroup),
    filter.actorId === undefined ? undefined : eq(actorId, filter.actorId),
    actor === undefined ? undefined : actor === 'system' ? isNull(actorId) : eq(actorId, actor),
    // Not a pattern of LIKE: who looks for "100 %" means that sign.
    subject ? sql`strpos(lower(${subjectName}), lower(${subject})) > 0` : undefined,
    filter.from === undefined ? undefined : gte(at, new Date(filter.from)),
    filter.to === undefined ? undefined : lt(at, new Date(filter.to)),
  ];
}

/**
 * Of whom there are entries, with the name in the newest of each. Goes from one to the next along `audit_log_actor`, so that it costs what
 * there are of people, not of entries: 100,000 entries of 40 are read in 1 ms.
 */
export async function listActorRows(tx: Transaction): Promise<AuditActor[]> {
  const newest = sql.raw('select a.actor_id, a.actor_kind, a.actor_name from audit_log a where');
  const first = sql.raw('order by a.actor_id desc, a.at desc, a.id desc limit 1');
  const { rows } = await tx.execute<AuditActor>(sql`
    with recursive actors as (
      (${newest} a.actor_id is not null ${first})
      union all
      select n.* from actors p cross join lateral (${newest} a.actor_id < p.actor_id ${first}) n
    )
    select actor_kind as kind, actor_id as id, actor_name as name from actors order by lower(actor_name), actor_id`);
  return rows.map(({ kind, id, name }) => ({ kind, id, name }));
}

/** Whether there is an entry of something that the system did by itself. */
export async function hasSystemRow(tx: Transaction): Promise<boolean> {
  const rows = await tx.select({ id: auditLog.id }).from(auditLog).where(isNull(auditLog.actorId)).limit(1);
  return rows.length > 0;
}
