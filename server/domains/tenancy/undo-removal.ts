import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import { REMOVAL_EVENT } from '../../../shared/jobs/queues.ts';
import type { Identity } from '../../database/identity.ts';
import { Refusal } from '../../refusal.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import { clearRemoval, lockTenant } from './tenant-rows.ts';

/** Takes an organization's deletion back: it is as it was, and its monitors go on. @throws Refusal `conflict` when there is none */
export function undoRemoval(
  { identity, boss }: { identity: Identity; boss: PgBoss },
  tenantId: string,
  actor: Actor,
): Promise<{ removesAt: null }> {
  return identity.transactionIn(tenantId, async (tx) => {
    const { name, removesAt } = await lockTenant(tx, tenantId);
    if (removesAt === null) throw new Refusal('conflict', `Nobody has asked for ${name} to be deleted.`);
    await clearRemoval(tx, tenantId);
    await writeAudit(tx, {
      tenantId,
      actor,
      action: 'tenant.removal_undone',
      subject: { kind: 'tenant', id: tenantId, name },
      before: { removesAt: removesAt.toISOString() },
      after: { removesAt: null },
    });
    await boss.publish(REMOVAL_EVENT, { tenantId }, { db: fromDrizzle(tx, sql) });
    return { removesAt: null };
  });
}
