import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breachOfLimits, breachOfPlan, PLANS, type Wanted } from './plans.ts';

const anyWanted: fc.Arbitrary<Wanted> = fc.record(
  {
    monitorsBefore: fc.nat(100),
    intervalSeconds: fc.integer({ min: 10, max: 3600 }),
    regions: fc.integer({ min: 1, max: 20 }),
    membersBefore: fc.nat(100),
    channelsBefore: fc.nat(100),
  },
  { requiredKeys: [] },
);

test('Free has three monitors, a check a minute, one region; the sentence says what to do', () => {
  expect(breachOfPlan('free', { monitorsBefore: 2, intervalSeconds: 60, regions: 1 })).toBeNull();
  expect(breachOfPlan('free', { monitorsBefore: 3 })).toEqual({
    limitOf: 'monitors',
    limit: 3,
    sentence:
      'The Free plan has 3 monitors, and all are in use. Delete one, or upgrade to Pro for as many as you like.',
  });
  expect(breachOfPlan('free', { intervalSeconds: 59 })).toEqual({
    limitOf: 'interval',
    limit: 60,
    sentence:
      'The Free plan checks every 60 seconds at most. Choose a longer interval, or upgrade to Pro for every 10 seconds.',
  });
  expect(breachOfPlan('free', { regions: 2 })).toEqual({
    limitOf: 'regions',
    limit: 1,
    sentence: 'The Free plan checks from 1 region. Choose one, or upgrade to Pro for all of them.',
  });
});

test('Pro refuses nothing but what is faster than every ten seconds, and promises no plan above it', () => {
  fc.assert(fc.property(anyWanted, (wanted) => breachOfPlan('pro', wanted) === null));
  expect(breachOfPlan('pro', { intervalSeconds: 9 })?.sentence).toBe(
    'The Pro plan checks every 10 seconds at most. Choose a longer interval.',
  );
});

test('what Free allows, Pro allows too', () => {
  fc.assert(
    fc.property(anyWanted, (wanted) => {
      if (breachOfPlan('free', wanted) === null) expect(breachOfPlan('pro', wanted)).toBeNull();
    }),
  );
});

test('who wants less is never refused what who wants more may have', () => {
  const half = (count: number) => Math.floor(count / 2);
  const anyFull = fc.record({
    monitorsBefore: fc.nat(6),
    intervalSeconds: fc.integer({ min: 10, max: 120 }),
    regions: fc.integer({ min: 1, max: 2 }),
  });
  fc.assert(
    fc.property(anyFull, ({ monitorsBefore, intervalSeconds, regions }) => {
      const less = {
        monitorsBefore: half(monitorsBefore),
        intervalSeconds: intervalSeconds * 2,
        regions: Math.max(1, half(regions)),
      };
      if (breachOfPlan('free', { monitorsBefore, intervalSeconds, regions }) === null)
        expect(breachOfPlan('free', less)).toBeNull();
    }),
  );
});

test('members and channels are limited in the same way, wherever a plan limits them', () => {
  const limits = { ...PLANS.free, members: 5, channels: 2 };
  expect(breachOfLimits(limits, true, { membersBefore: 4, channelsBefore: 1 })).toBeNull();
  expect(breachOfLimits(limits, true, { membersBefore: 5 })).toMatchObject({ limitOf: 'members', limit: 5 });
  expect(breachOfLimits(limits, false, { channelsBefore: 2 })).toEqual({
    limitOf: 'channels',
    limit: 2,
    sentence: 'The Free plan has 2 channels, and all are in use. Delete one.',
  });
});
