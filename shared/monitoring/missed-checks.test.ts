import { expect, test } from 'vitest';
import { missedChecks } from './missed-checks.ts';

const HOUR_MS = 3_600_000;
const range = { fromMs: 0, toMs: 4 * HOUR_MS, stepMs: HOUR_MS };
const everyMinute = { intervalSeconds: 60, regions: 2 };

test('a silence of an hour and a half, seen from two regions, is missed where it fell', () => {
  const spans = [
    { fromMs: 0, toMs: 0.5 * HOUR_MS, state: 'up' as const },
    { fromMs: 0.5 * HOUR_MS, toMs: 2 * HOUR_MS, state: 'unknown' as const },
    { fromMs: 2 * HOUR_MS, toMs: null, state: 'up' as const },
  ];
  expect(missedChecks(spans, range, everyMinute, 4 * HOUR_MS)).toEqual([60, 120, 0, 0]);
});

test('a silence that goes on is missed until now, and one of before the range not at all', () => {
  const spans = [
    { fromMs: -5 * HOUR_MS, toMs: -HOUR_MS, state: 'unknown' as const },
    { fromMs: 3 * HOUR_MS, toMs: null, state: 'unknown' as const },
  ];
  expect(missedChecks(spans, range, everyMinute, 3.5 * HOUR_MS)).toEqual([0, 0, 0, 60]);
});

test('an interval longer than a step is missed once for all the steps it spans', () => {
  const spans = [{ fromMs: 0, toMs: null, state: 'unknown' as const }];
  const twoHourly = { intervalSeconds: 7200, regions: 1 };
  const missed = missedChecks(spans, range, twoHourly, 4 * HOUR_MS);
  expect(missed.reduce((sum, count) => sum + count, 0)).toBe(2);
  expect(Math.max(...missed)).toBe(1);
});

test('nothing is missed by who was paused, in maintenance or not yet checked', () => {
  const states = ['paused', 'maintenance', 'pending', 'down', 'degraded', 'up'] as const;
  const spans = states.map((state, index) => ({
    fromMs: (index * HOUR_MS) / 2,
    toMs: ((index + 1) * HOUR_MS) / 2,
    state,
  }));
  expect(missedChecks(spans, range, everyMinute, 4 * HOUR_MS)).toEqual([0, 0, 0, 0]);
});
