import type { BillingStatus } from '../../../../shared/billing/billing-status.ts';

/**
 * How an organization stands with what it pays: `given` is Pro that nobody pays for, `ending` Pro until the end of what is paid,
 * `lapsed` a missing payment that has taken Pro away, `unpaid` a subscription that only a payment brings back to life.
 */
export type Standing = 'free' | 'pro' | 'given' | 'ending' | 'past_due' | 'lapsed' | 'unpaid';

/** A piece of a sentence; an instant is shown as its date, with the exact time behind it. */
export type Part = string | { at: string };

export type StandingWords = { title: string; sentence: Part[] };

type Known = Pick<
  BillingStatus,
  'plan' | 'state' | 'subscribed' | 'currentPeriodEnd' | 'cancelAt' | 'graceEndsAt'
>;

export function standingOf({ plan, state, subscribed }: Known): Standing {
  if (state === 'past_due') return plan === 'pro' ? 'past_due' : 'lapsed';
  if (plan === 'pro') {
    if (!subscribed) return 'given';
    return state === 'canceled' ? 'ending' : 'pro';
  }
  return subscribed ? 'unpaid' : 'free';
}

/** What that means now, and what comes next. */
export function standingWords(status: Known): StandingWords {
  const { currentPeriodEnd, cancelAt, graceEndsAt } = status;
  const on = (at: string | null, otherwise: string): Part[] => (at === null ? [otherwise] : ['on ', { at }]);
  switch (standingOf(status)) {
    case 'free':
      return { title: 'Free plan', sentence: ['Nothing is charged, and no card is asked for.'] };
    case 'pro':
      return {
        title: 'Pro plan',
        sentence: ['The next payment is due ', ...on(currentPeriodEnd, 'at the end of the period'), '.'],
      };
    case 'given':
      return { title: 'Pro plan', sentence: ['Given by whoever runs this server. Nothing is charged.'] };
    case 'ending':
      return {
        title: 'Pro plan, cancelled',
        sentence: [
          'Pro ends ',
          ...on(cancelAt ?? currentPeriodEnd, 'with the period that is paid for'),
          ', and nothing more is charged. Until then it can be resumed.',
        ],
      };
    case 'past_due':
      return {
        title: 'Pro plan, a payment failed',
        sentence: [
          'Pro ends ',
          ...on(graceEndsAt, 'soon'),
          ...(cancelAt === null
            ? [' unless it is paid. Until then nothing changes.']
            : [' unless it is paid, and else ', { at: cancelAt }, ', since it was cancelled.']),
        ],
      };
    case 'lapsed':
      return {
        title: 'Free plan, a payment failed',
        sentence: [
          'Pro ended ',
          ...on(graceEndsAt, 'without it'),
          '. Nothing was deleted: pay the open invoice, and Pro is back within a minute.',
        ],
      };
    case 'unpaid':
      return {
        title: 'Free plan, with a subscription that rests',
        sentence: ['An invoice of it is not paid. Once it is, Pro is back within a minute.'],
      };
  }
}
