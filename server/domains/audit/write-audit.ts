import type { AuditAction, AuditFields } from '../../../shared/audit/audit-entry.ts';
import type { Transaction } from '../../database/transaction.ts';
import { insertAuditRow } from './audit-rows.ts';

/** Who does something, and from where. The name is kept with the entry: who has left is still named. */
export type Actor =
  | { kind: 'user' | 'key'; id: string; name: string; address: string | null }
  | { kind: 'system' };

/** Longer texts are cut: pages of entries are read by people, and hold a hundred of them. */
const MOST_CHARACTERS = 500;

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
    before: AuditFields;
    after: AuditFields;
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
    before: brief(before),
    after: brief(after),
  });
}

/** As JSON has it, long texts cut, though not through the middle of a character that takes two units. */
function brief(value: object): AuditFields {
  return JSON.parse(JSON.stringify(value), (_name, part: unknown) =>
    typeof part === 'string' && part.length > MOST_CHARACTERS
      ? `${part.slice(0, MOST_CHARACTERS).replace(/[\ud800-\udbff]$/, '')}…`
      : part,
  );
}
