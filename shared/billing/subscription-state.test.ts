import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  chooseSubscription,
  endByClock,
  GRACE_DAYS,
  graceEnd,
  isLive,
  isManageable,
  type SubscriptionFacts,
  stateOf,
} from './subscription-state.ts';

const NOW = new Date('2026-11-30T12:00:00.000Z');
const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY_MS);
const facts = (status: string, more: Partial<SubscriptionFacts> = {}): SubscriptionFacts => ({
  status,
  cancelAtPeriodEnd: false,
  cancelAt: null,
  currentPeriodEnd: inDays(10),
  pastDueSince: null,
  ...more,
});

test('what is paid for, or tried, is Pro', () => {
  for (const status of ['active', 'trialing'])
    expect(stateOf(facts(status), NOW)).toEqual({ state: 'pro', plan: 'pro' });
});

test('what somebody cancelled is Pro until its end, however Stripe says that', () => {
  for (const more of [{ cancelAtPeriodEnd: true }, { cancelAt: inDays(10) }]) {
    const cancelled = facts('active', more);
    expect(stateOf(cancelled, NOW)).toEqual({ state: 'canceled', plan: 'pro' });
    expect(stateOf(cancelled, new Date(inDays(10).getTime() - 1))).toEqual({
      state: 'canceled',
      plan: 'pro',
    });
    expect(stateOf(cancelled, inDays(10))).toEqual({ state: 'free', plan: 'free' });
  }
});

test('a payment that is missing leaves Pro for seven days, and not an instant more', () => {
  const since = (days: number) => facts('past_due', { pastDueSince: inDays(days) });
  expect(stateOf(facts('past_due'), NOW)).toEqual({ state: 'past_due', plan: 'pro' });
  expect(stateOf(since(-6), NOW)).toEqual({ state: 'past_due', plan: 'pro' });
  expect(stateOf(since(-GRACE_DAYS), NOW)).toEqual({ state: 'past_due', plan: 'free' });
  expect(stateOf(since(-GRACE_DAYS), new Date(NOW.getTime() - 1)).plan).toBe('pro');
  expect(graceEnd(NOW)).toEqual(inDays(7));
});

test('what has ended, never began, or is of a kind that nobody knows, is Free', () => {
  const others = ['unpaid', 'canceled', 'incomplete', 'incomplete_expired', 'paused', 'something_new'];
  for (const of of [null, ...others.map((status) => facts(status))])
    expect(stateOf(of, NOW)).toEqual({ state: 'free', plan: 'free' });
});

test('there is something to manage as long as a payment could be asked for', () => {
  const statuses = ['active', 'trialing', 'past_due', 'unpaid', 'paused', 'incomplete', 'canceled'];
  expect(statuses.filter((status) => isLive({ status }))).toEqual(['active', 'trialing', 'past_due']);
  expect(statuses.filter(isManageable)).toEqual(['active', 'trialing', 'past_due', 'unpaid', 'paused']);
  expect(isManageable(null)).toBe(false);
});

const anyDate = fc.integer({ min: -20, max: 20 }).map(inDays);
const anyFacts: fc.Arbitrary<SubscriptionFacts> = fc.record({
  status: fc.constantFrom(
    'active',
    'trialing',
    'past_due',
    'unpaid',
    'canceled',
    'incomplete',
    'paused',
    '?',
  ),
  cancelAtPeriodEnd: fc.boolean(),
  cancelAt: fc.option(anyDate),
  currentPeriodEnd: fc.option(anyDate),
  pastDueSince: fc.option(anyDate),
});

test('the longer nothing is heard of a subscription, the less it is worth', () => {
  fc.assert(
    fc.property(anyFacts, anyDate, anyDate, (of, one, other) => {
      const known = { ...of, pastDueSince: of.pastDueSince ?? inDays(0) };
      const [earlier, later] = one < other ? [one, other] : [other, one];
      if (stateOf(known, later).plan === 'pro') expect(stateOf(known, earlier).plan).toBe('pro');
    }),
  );
});

test('who cancelled never has more than who did not', () => {
  fc.assert(
    fc.property(anyFacts, anyDate, (of, now) => {
      const uncancelled = { ...of, cancelAt: null, cancelAtPeriodEnd: false };
      if (stateOf(of, now).plan === 'pro') expect(stateOf(uncancelled, now).plan).toBe('pro');
    }),
  );
});

test('of several the same one counts in whatever order Stripe lists them, and none gives more', () => {
  const several = fc.array(fc.record({ of: anyFacts, created: fc.nat(3) }), { maxLength: 6 });
  fc.assert(
    fc.property(several, fc.nat(), (list, turn) => {
      const all = list.map(({ of, created }, index) => ({
        ...of,
        id: `sub_${index}`,
        createdAt: inDays(created),
      }));
      const turned =
        all.length === 0 ? [] : [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)];
      const chosen = chooseSubscription(all);
      expect(chooseSubscription(turned.toReversed())).toBe(chosen);
      expect(chosen === null).toBe(all.length === 0);
      if (all.some(isLive)) expect(chosen !== null && isLive(chosen)).toBe(true);
      if (all.some(({ status }) => status === 'active')) expect(chosen?.status).toBe('active');
    }),
  );
});

test('of two that are as good the one that goes on counts, and else the older', () => {
  const made = (id: string, days: number, more: Partial<SubscriptionFacts> = {}) => ({
    ...facts('active', more),
    id,
    createdAt: inDays(days),
  });
  const [ending, older, newer] = [made('a', -9, { cancelAt: inDays(3) }), made('b', -5), made('c', -1)];
  expect(chooseSubscription([newer, ending, older])?.id).toBe('b');
  expect(chooseSubscription([ending, newer])?.id).toBe('c');
});

test('the clock ends what was cancelled, or what is missing for too long, whichever is first', () => {
  const cancelAt = inDays(3);
  const graceOver = graceEnd(NOW);
  expect(endByClock({ cancelAt: null, pastDueSince: null })).toBeNull();
  expect(endByClock({ cancelAt, pastDueSince: null })).toEqual(cancelAt);
  expect(endByClock({ cancelAt: null, pastDueSince: NOW })).toEqual(graceOver);
  expect(endByClock({ cancelAt, pastDueSince: NOW })).toEqual(cancelAt);
  expect(endByClock({ cancelAt: inDays(GRACE_DAYS + 1), pastDueSince: NOW })).toEqual(graceOver);
});
