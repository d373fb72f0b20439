import { expect, test } from 'vitest';
import { isSilent, waitBeforeAttempt } from './live-timing.ts';

test('a stream that spoke within three pings is alive', () => {
  expect(isSilent(1_000_000, 1_015_000)).toBe(false);
  expect(isSilent(1_000_000, 1_015_001)).toBe(true);
});

test('a laptop that slept for an hour wakes to a dead stream', () => {
  expect(isSilent(1_000_000, 1_000_000 + 3_600_000)).toBe(true);
});

test('a clock that was set back makes the last word useless', () => {
  expect(isSilent(1_000_000, 999_999)).toBe(true);
});

test('attempts come ever more slowly, every 5 seconds at last', () => {
  expect([1, 2, 3, 4, 5, 6, 50].map((failures) => waitBeforeAttempt(failures, 0))).toEqual([
    500, 1000, 2000, 4000, 5000, 5000, 5000,
  ]);
});

test('browsers that were cut off together do not come back together', () => {
  expect(waitBeforeAttempt(3, 1)).toBe(1000);
  expect(waitBeforeAttempt(3, 0.5)).toBe(1500);
});
