import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { SubscriptionState } from '../../shared/billing/subscription-state.ts';
import { crossTenantPolicies, tenantPolicy } from '../tenant-policy.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true });

/**
 * What each organization that ever wanted to pay has at Stripe. Global, since a customer is one organization's over all; a row is
 * seen by its own organization only. It points at no organization: once that is gone its subscription still has to be cancelled.
 */
export const subscriptions = pgTable(
  'subscriptions',
  {
    tenantId: uuid('tenant_id').primaryKey(),
    stripeCustomerId: text('stripe_customer_id').notNull().unique('subscriptions_stripe_customer'),
    /** The subscription that counts; null: there never was one. */
    stripeSubscriptionId: text('stripe_subscription_id'),
    /** As Stripe has it; `state` is what it is worth. */
    stripeStatus: text('stripe_status'),
    state: text().$type<SubscriptionState>().notNull().default('free'),
    currentPeriodEnd: instant('current_period_end'),
    /** When it ends, since somebody cancelled. */
    cancelAt: instant('cancel_at'),
    /** When a failed payment was first heard of that has not been made since. */
    pastDueSince: instant('past_due_since'),
    /** Counts writes: who read another version writes nothing. */
    version: integer().notNull().default(0),
    /** When Stripe was last asked. */
    syncedAt: instant('synced_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  () => [
    check('subscriptions_state', sql`state in ('free', 'pro', 'past_due', 'canceled')`),
    tenantPolicy(),
    ...crossTenantPolicies('subscriptions'),
  ],
);

/** Every event of Stripe's that was taken in, once, without its body: an event is a hint, the truth is asked for. */
export const stripeEvents = pgTable(
  'stripe_events',
  {
    id: text().primaryKey(),
    type: text().notNull(),
    livemode: boolean().notNull(),
    stripeCustomerId: text('stripe_customer_id'),
    /** When it happened, as Stripe says. */
    createdAt: instant('created_at').notNull(),
    receivedAt: instant('received_at').notNull().defaultNow(),
    processedAt: instant('processed_at'),
    outcome: text(),
  },
  (table) => [index('stripe_events_received').on(table.receivedAt)],
);
