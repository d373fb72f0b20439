import { eq } from 'drizzle-orm';
import type pg from 'pg';
import { tenants } from '../../../drizzle/schema/tenancy.ts';
import type { PlanName } from '../../../shared/billing/plans.ts';
import type { TenantName } from '../../../shared/tenancy/identity.ts';
import type { Transaction } from '../../database/transaction.ts';

export async function isNameTaken(tx: Transaction, nameKey: string): Promise<boolean> {
  const [row] = await tx.select({ id: tenants.id }).from(tenants).where(eq(tenants.nameKey, nameKey));
  return row !== undefined;
}

export async function isSlugTaken(tx: Transaction, slug: string): Promise<boolean> {
  const [row] = await tx.select({ id: tenants.id }).from(tenants).where(eq(tenants.slug, slug));
  return row !== undefined;
}

export async function insertTenant(
  tx: Transaction,
  tenant: TenantName & { nameKey: string; plan: PlanName },
): Promise<void> {
  await tx.insert(tenants).values(tenant);
}

/** The organization's plan, its row locked until the transaction ends: who counts against a limit counts alone. */
export async function lockTenantForCounting(tx: Transaction, tenantId: string): Promise<PlanName> {
  const [row] = await tx
    .select({ plan: tenants.plan })
    .from(tenants)
    .where(eq(tenants.id, tenantId))
    .for('no key update');
  if (row === undefined) throw new Error(`The organization ${tenantId} is gone.`);
  return row.plan;
}

export async function planOf(tx: Transaction, tenantId: string): Promise<PlanName> {
  const [row] = await tx.select({ plan: tenants.plan }).from(tenants).where(eq(tenants.id, tenantId));
  if (row === undefined) throw new Error(`The organization ${tenantId} is gone.`);
  return row.plan;
}

/** The id of every organization. For the system role, which sees nothing else of them. */
export async function tenantIds(system: pg.Pool): Promise<string[]> {
  const { rows } = await system.query<{ id: string }>('select id from tenants order by id');
  return rows.map(({ id }) => id);
}

/** An organization's plan, and since when it has it; null: since it was made. */
export async function readPlanAge(
  tx: Transaction,
  tenantId: string,
): Promise<{ plan: PlanName; planChangedAt: Date | null }> {
  const [row] = await tx
    .select({ plan: tenants.plan, planChangedAt: tenants.planChangedAt })
    .from(tenants)
    .where(eq(tenants.id, tenantId));
  if (row === undefined) throw new Error(`The organization ${tenantId} is gone.`);
  return row;
}
