import type pg from 'pg';

// Across organizations, for the system role: it sees whose customer each is and when something is due, and no more.

/** The organization of a customer; null for one that is none of ours. */
export async function tenantOfCustomer(system: pg.Pool, stripeCustomerId: string): Promise<string | null> {
  const { rows } = await system.query<{ id: string }>(
    'select tenant_id as id from subscriptions where stripe_customer_id = $1',
    [stripeCustomerId],
  );
  return rows[0]?.id ?? null;
}
