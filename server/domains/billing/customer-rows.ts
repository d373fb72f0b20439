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

/** Every organization that has a customer. */
export async function tenantsWithCustomers(system: pg.Pool): Promise<{ id: string; customerId: string }[]> {
  const { rows } = await system.query<{ id: string; customerId: string }>(
    'select tenant_id as id, stripe_customer_id as "customerId" from subscriptions order by tenant_id',
  );
  return rows;
}

/**
 * The organizations for which something has ended by our clock that Stripe need not tell of: so many days without a payment, the
 * last day of Pro, or a period that was over an hour ago and of whose successor nobody has heard.
 */
export async function tenantsAtAnEnd(system: pg.Pool, graceDays: number): Promise<string[]> {
  const { rows } = await system.query<{ id: string }>(
    `select tenant_id as id from subscriptions
      where state <> 'free' and (
        past_due_since <= now() - make_interval(days => $1)
        or cancel_at <= now()
        or current_period_end <= now() - interval '1 hour')
      order by tenant_id`,
    [graceDays],
  );
  return rows.map(({ id }) => id);
}
