import { afterAll } from 'vitest';
import type { BillingWorld } from './billing-world.ts';
import { eventually } from './eventually.ts';

export type Hearing = {
  /** Waits until every event that is not held was posted, and every job of billing is done. */
  quiet: () => Promise<void>;
};

/** Has the server hear of what happens at Stripe, by its webhook. What it still works on at the end is waited for. */
export function hearOfStripe({ database, server, stripe }: BillingWorld): Hearing {
  stripe.webhooks.set({ url: `${server.origin}/webhooks/stripe` });
  const quiet = async () => {
    await stripe.webhooks.settled();
    await eventually(async () => {
      const waiting = await database.admin(
        `select 1 from pgboss.job
          where name like 'billing.%' and (state = 'active' or state in ('created', 'retry') and start_after <= now())`,
      );
      return waiting.length === 0;
    }, 60_000);
  };
  afterAll(quiet);
  return { quiet };
}
