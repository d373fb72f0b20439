import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import { REMOVAL_EVENT } from '../../../shared/jobs/queues.ts';
import { isTypedName, REMOVAL_DAYS, typeTheName } from '../../../shared/tenancy/tenant-input.ts';
import type { Identity } from '../../database/identity.ts';
import { invalidField, Refusal } from '../../refusal.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { queueRemovalMails } from './queue-removal-mails.ts';
import { lockTenant, setRemoval } from './tenant-rows.ts';

/**
 * Has an organization be deleted in two weeks. Until then it can be read, its monitors rest, and an owner can take it back:
 * all of them are told by mail.
 *
 * @param typed its name, as it reads
 * @throws Refusal `invalid_input` at `name` for another name; `conflict` when that was asked for before
 */
export function removeTenant(
  { identity, boss }: { identity: Identity; boss: PgBoss },
  tenantId: string,
  actor: Actor,
  typed: string,
): Promise<{ removesAt: string }> {
  return identity.transactionIn(tenantId, async (tx) => {
    const { name, removesAt: before } = await lockTenant(tx, tenantId);
    if (!isTypedName(typed, name)) throw invalidField('name', typeTheName(name));
    if (before !== null) throw new Refusal('conflict', `${name} is to be deleted already.`);
    const removesAt = await setRemoval(tx, tenantId, REMOVAL_DAYS);
    await writeAudit(tx, {
      tenantId,
      actor,
      action: 'tenant.removal_requested',
      subject: { kind: 'tenant', id: tenantId, name },
      before: { removesAt: null },
      after: { removesAt: removesAt.toISOString() },
    });
    await queueRemovalMails(tx, boss, tenantId, actor.kind === 'user' ? actor.id : null);
    await boss.publish(REMOVAL_EVENT, { tenantId }, { db: fromDrizzle(tx, sql) });
    return { removesAt: removesAt.toISOString() };
  });
}
