import { and, eq, sql } from 'drizzle-orm';
import { subscriptions } from '../../../drizzle/schema/billing.ts';
import type { Transaction } from '../../database/transaction.ts';

export type SubscriptionRow = typeof subscriptions.$inferSelect;

/** What Stripe said last of a subscription, and what that is worth. */
export type SubscriptionTruth = Pick<
  SubscriptionRow,
  'stripeSubscriptionId' | 'stripeStatus' | 'state' | 'currentPeriodEnd' | 'cancelAt' | 'pastDueSince'
>;

/** What the organization has at Stripe; null when it never wanted to pay. */
export async function readSubscription(tx: Transaction, tenantId: string): Promise<SubscriptionRow | null> {
  const [row] = await tx.select().from(subscriptions).where(eq(subscriptions.tenantId, tenantId));
  return row ?? null;
}

/** Notes the organization's customer. @returns the one it has: that of whoever was first */
export async function keepCustomer(
  tx: Transaction,
  tenantId: string,
  stripeCustomerId: string,
): Promise<string> {
  await tx
    .insert(subscriptions)
    .values({ tenantId, stripeCustomerId })
    .onConflictDoNothing({ target: subscriptions.tenantId });
  return customerOf(tx, tenantId);
}

/** Notes another customer in the place of one that is gone. @returns the one it has: that of whoever was first */
export async function replaceCustomer(
  tx: Transaction,
  tenantId: string,
  gone: string,
  stripeCustomerId: string,
): Promise<string> {
  await tx
    .update(subscriptions)
    .set({ stripeCustomerId, version: sql`version + 1`, updatedAt: sql`now()` })
    .where(and(eq(subscriptions.tenantId, tenantId), eq(subscriptions.stripeCustomerId, gone)));
  return customerOf(tx, tenantId);
}

async function customerOf(tx: Transaction, tenantId: string): Promise<string> {
  const row = await readSubscription(tx, tenantId);
  if (row === null) throw new Error(`The customer of ${tenantId} was not kept.`);
  return row.stripeCustomerId;
}

/** Writes what Stripe said, unless somebody wrote since `version` was read. @returns whether it was written */
export async function writeSubscription(
  tx: Transaction,
  { tenantId, version }: Pick<SubscriptionRow, 'tenantId' | 'version'>,
  truth: SubscriptionTruth,
): Promise<boolean> {
  const rows = await tx
    .update(subscriptions)
    .set({ ...truth, version: version + 1, syncedAt: sql`now()`, updatedAt: sql`now()` })
    .where(and(eq(subscriptions.tenantId, tenantId), eq(subscriptions.version, version)))
    .returning({ version: subscriptions.version });
  return rows.length > 0;
}

/** Forgets the customer of an organization that is gone. */
export async function deleteSubscription(tx: Transaction, tenantId: string): Promise<void> {
  await tx.delete(subscriptions).where(eq(subscriptions.tenantId, tenantId));
}
