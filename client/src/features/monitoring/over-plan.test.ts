import { expect, test } from 'vitest';
import { heldBackWords, overPlanSentence, pausedWords, untilResumed } from './over-plan.ts';

test('more monitors than the plan has are said to be many, as many as it has are not', () => {
  expect(overPlanSentence('free', 3)).toBeNull();
  expect(overPlanSentence('free', 5)).toMatch(/^The Free plan checks 3 of your 5 monitors\./);
  expect(overPlanSentence('pro', 5000)).toBeNull();
});

test('a monitor says why it is paused when nobody paused it, and what brings it back', () => {
  expect(pausedWords({ state: 'paused', pausedFor: 'plan' })).toBe("Over the Free plan's 3 monitors");
  expect(untilResumed({ pausedFor: 'plan' })).toMatch(/by itself on Pro/);
  expect(pausedWords({ state: 'paused', pausedFor: 'removal' })).toBe('The organization waits to be deleted');
  expect(pausedWords({ state: 'paused', pausedFor: null })).toBeNull();
  expect(pausedWords({ state: 'up', pausedFor: 'plan' })).toBeNull();
});

test('what a smaller plan holds back is named, and only that', () => {
  expect(heldBackWords({ heldBack: { intervalSeconds: 30, regions: ['eu-west', 'us-east'] } })).toBe(
    'Every 30 s, from eu-west and us-east',
  );
  expect(heldBackWords({ heldBack: { intervalSeconds: null, regions: ['eu-west', 'us-east'] } })).toBe(
    'From eu-west and us-east',
  );
  expect(heldBackWords({ heldBack: null })).toBeNull();
});
