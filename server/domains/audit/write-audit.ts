import type { AuditAction } from '../../../shared/audit/audit-entry.ts';
import type { Transaction } from '../../database/transaction.ts';
import { insertAuditRow } from './audit-rows.ts';

/** Who does something, and from where. The name is kept with the entry: who has left is still named. */
export type Actor =
  | { kind: 'user' | 'key'; id: string; name: string; address: string | null }
  | { kind: 'system' };

/**
 * Writes down who did what, in the transaction that does it: both stand or neither. Nobody has the right to change or delete
 * an entry later.
 *
 * @param entry.before and `after`: what changed, as JSON; never a secret
 */
export async function writeAudit(
  tx: Transaction,
  entry: {
    tenantId: string;
    actor: Actor;
    action: AuditAction;
    subject: {
      kind: 'tenant' | 'member' | 'invitation' | 'monitor' | 'region';
      id: string | null;
      name: string;
    };
    before: object;
    after: object;
  },
): Promise<void> {
  const { tenantId, actor, action, subject, before, after } = entry;
  const who =
    actor.kind !== 'system'
      ? { actorKind: actor.kind, actorId: actor.id, actorName: actor.name, address: actor.address }
      : { actorKind: actor.kind };
  await insertAuditRow(tx, {
    tenantId,
    ...who,
    action,
    subjectKind: subject.kind,
    subjectId: subject.id,
    subjectName: subject.name,
    before,
    after,
  });
}
