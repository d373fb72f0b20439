import type { PlanName } from './plans.ts';

/**
 * What an organization pays for: nothing (`free`), Pro (`pro`), Pro until its end since somebody cancelled (`canceled`), or Pro
 * with a payment that failed (`past_due`).
 */
export const SUBSCRIPTION_STATES = ['free', 'pro', 'past_due', 'canceled'] as const;
export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number];

/** For how many days Pro stays while a payment is missing. */
export const GRACE_DAYS = 7;
const GRACE_MS = GRACE_DAYS * 86_400_000;

/** What of a subscription decides; every instant is one of Stripe's but `pastDueSince`, which is when we first heard of it. */
export type SubscriptionFacts = {
  /** `active`, `past_due`, ... as Stripe has it (https://docs.stripe.com/api/subscriptions/object#subscription_object-status). */
  status: string;
  cancelAtPeriodEnd: boolean;
  cancelAt: Date | null;
  currentPeriodEnd: Date | null;
  pastDueSince: Date | null;
};

/** When a subscription ends that somebody cancelled; null when nobody did. */
export function endOf(facts: Omit<SubscriptionFacts, 'status' | 'pastDueSince'>): Date | null {
  return facts.cancelAt ?? (facts.cancelAtPeriodEnd ? facts.currentPeriodEnd : null);
}

/** When a missing payment takes Pro away. */
export const graceEnd = (pastDueSince: Date): Date => new Date(pastDueSince.getTime() + GRACE_MS);

/** When Pro ends by the clock, whether Stripe tells of it or not; null as long as it goes on. */
export function endByClock({
  pastDueSince,
  cancelAt,
}: Pick<SubscriptionFacts, 'pastDueSince' | 'cancelAt'>): Date | null {
  const ends = [cancelAt, pastDueSince === null ? null : graceEnd(pastDueSince)].filter(
    (end) => end !== null,
  );
  return ends.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

/**
 * What a subscription is worth now; null is none. Whatever Stripe may add to its list of statuses gives nothing that was not paid for.
 */
export function stateOf(
  facts: SubscriptionFacts | null,
  now: Date,
): { state: SubscriptionState; plan: PlanName } {
  switch (facts?.status) {
    case 'active':
    case 'trialing': {
      const end = endOf(facts);
      if (end === null) return { state: 'pro', plan: 'pro' };
      return now < end ? { state: 'canceled', plan: 'pro' } : { state: 'free', plan: 'free' };
    }
    case 'past_due': {
      const end = graceEnd(facts.pastDueSince ?? now);
      return { state: 'past_due', plan: now < end ? 'pro' : 'free' };
    }
    default:
      return { state: 'free', plan: 'free' };
  }
}

/** Best first: what gives Pro for longest comes before what gives it for a while, or not at all. */
const RANKS = ['active', 'trialing', 'past_due', 'unpaid', 'paused', 'incomplete'];

/** Whether a subscription is charged for: of these an organization has one at most. */
export const isLive = ({ status }: { status: string }): boolean =>
  ['active', 'trialing', 'past_due'].includes(status);

/** Whether there is something to manage: what is charged for, and what a payment brings back to life. */
export const isManageable = (status: string | null): boolean =>
  status !== null && (isLive({ status }) || ['unpaid', 'paused'].includes(status));

/** The one of several that counts: the best, of equals one that nobody cancelled, then the oldest. Their order does not matter. */
export function chooseSubscription<
  S extends Omit<SubscriptionFacts, 'pastDueSince'> & { id: string; createdAt: Date },
>(subscriptions: readonly S[]): S | null {
  const [best] = subscriptions.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      Number(endOf(a) !== null) - Number(endOf(b) !== null) ||
      a.createdAt.getTime() - b.createdAt.getTime() ||
      (a.id < b.id ? -1 : 1),
  );
  return best ?? null;
}

function rankOf({ status }: { status: string }): number {
  const rank = RANKS.indexOf(status);
  return rank === -1 ? RANKS.length : rank;
}
