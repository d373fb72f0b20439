import { and, eq, lte, ne, type SQL, sql } from 'drizzle-orm';
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

type TenantRow = TenantName & { removesAt: Date | null };

const NAMED = { id: tenants.id, name: tenants.name, slug: tenants.slug, removesAt: tenants.removesAt };

/** The organization, its row locked until the transaction ends: changes of its members wait for each other. */
export async function lockTenant(tx: Transaction, tenantId: string): Promise<TenantRow> {
  const [row] = await tx.select(NAMED).from(tenants).where(eq(tenants.id, tenantId)).for('no key update');
  if (row === undefined) throw new Error(`The organization ${tenantId} is gone.`);
  return row;
}

export async function readTenantName(tx: Transaction, tenantId: string): Promise<string | null> {
  const [row] = await tx.select({ name: tenants.name }).from(tenants).where(eq(tenants.id, tenantId));
  return row?.name ?? null;
}

/** When the organization is to be deleted, null for never; undefined when it is gone. */
export async function readRemovesAt(tx: Transaction, tenantId: string): Promise<Date | null | undefined> {
  const [row] = await tx
    .select({ removesAt: tenants.removesAt })
    .from(tenants)
    .where(eq(tenants.id, tenantId))
    .for('share');
  return row?.removesAt;
}

/** @returns which of the two another organization has */
export async function takenByOthers(
  tx: Transaction,
  tenantId: string,
  { nameKey, slug }: { nameKey: string; slug: string },
): Promise<{ name: boolean; slug: boolean }> {
  const others = (same: SQL) =>
    tx
      .select({ id: tenants.id })
      .from(tenants)
      .where(and(ne(tenants.id, tenantId), same));
  return {
    name: (await others(eq(tenants.nameKey, nameKey))).length > 0,
    slug: (await others(eq(tenants.slug, slug))).length > 0,
  };
}

export async function renameTenant(
  tx: Transaction,
  tenantId: string,
  named: { name: string; nameKey: string; slug: string },
): Promise<void> {
  await tx
    .update(tenants)
    .set({ ...named, updatedAt: sql`now()` })
    .where(eq(tenants.id, tenantId));
}

/** @returns when it is to be deleted, so many days from now */
export async function setRemoval(tx: Transaction, tenantId: string, days: number): Promise<Date> {
  const [row] = await tx
    .update(tenants)
    .set({
      removesAt: sql`date_trunc('milliseconds', now()) + make_interval(days => ${days})`,
      updatedAt: sql`now()`,
    })
    .where(eq(tenants.id, tenantId))
    .returning({ removesAt: tenants.removesAt });
  if (!row?.removesAt) throw new Error(`The organization ${tenantId} is gone.`);
  return row.removesAt;
}

export async function clearRemoval(tx: Transaction, tenantId: string): Promise<void> {
  await tx.update(tenants).set({ removesAt: null, updatedAt: sql`now()` }).where(eq(tenants.id, tenantId));
}

/** The ids of organizations whose time is over. For the system role. */
export async function expiredTenantIds(system: pg.Pool): Promise<string[]> {
  const { rows } = await system.query<{ id: string }>(
    'select id from tenants where removes_at <= now() order by removes_at',
  );
  return rows.map(({ id }) => id);
}

/** Deletes an organization whose time is over, and whatever points at it. @returns whether it was there, and was over */
export async function deleteExpiredTenant(tx: Transaction, tenantId: string): Promise<boolean> {
  const rows = await tx
    .delete(tenants)
    .where(and(eq(tenants.id, tenantId), lte(tenants.removesAt, sql`now()`)))
    .returning({ id: tenants.id });
  return rows.length > 0;
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

/** The organization's name and plan, its row locked until the transaction ends; null when it is gone. */
export async function lockPlanOf(
  tx: Transaction,
  tenantId: string,
): Promise<{ name: string; plan: PlanName } | null> {
  const [row] = await tx
    .select({ name: tenants.name, plan: tenants.plan })
    .from(tenants)
    .where(eq(tenants.id, tenantId))
    .for('no key update');
  return row ?? null;
}

export async function setPlanOf(tx: Transaction, tenantId: string, plan: PlanName): Promise<void> {
  await tx
    .update(tenants)
    .set({ plan, planChangedAt: sql`now()`, updatedAt: sql`now()` })
    .where(eq(tenants.id, tenantId));
}
