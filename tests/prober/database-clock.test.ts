import { expect, onTestFinished, test, vi } from 'vitest';
import { DatabaseClock } from '../../prober/database-clock.ts';

const HOUR_MS = 3_600_000;
/** A reading whose answer says that the database's clock is ahead of `performance.now()` by so much. */
const read = (clock: DatabaseClock, aheadMs: number, roundTripMs: number, errorMs = 0) => {
  const sentAt = performance.now();
  clock.sample(sentAt + roundTripMs / 2 + aheadMs + errorMs, sentAt, sentAt + roundTripMs);
};
const aheadOf = (clock: DatabaseClock) => clock.nowMs() - performance.now();

test('the time is the database’s, whatever the clock on the wall says', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + HOUR_MS });
  onTestFinished(() => void vi.useRealTimers());
  const clock = new DatabaseClock();
  read(clock, 5_000_000, 4);
  expect(aheadOf(clock)).toBeCloseTo(5_000_000, 0);
  vi.setSystemTime(Date.now() - 5 * HOUR_MS);
  expect(aheadOf(clock)).toBeCloseTo(5_000_000, 0);
});

test('of several readings the quickest counts', () => {
  const clock = new DatabaseClock();
  read(clock, 1000, 200, 90);
  read(clock, 1000, 2, 0.5);
  read(clock, 1000, 150, -70);
  expect(Math.abs(aheadOf(clock) - 1000)).toBeLessThan(1.5);
});

test('after a sleep the first reading counts, and none from before it', () => {
  const clock = new DatabaseClock();
  for (let reading = 0; reading < 8; reading++) read(clock, 1000, 1);
  read(clock, 1000 + HOUR_MS, 300); // slow, and yet the only one that is true
  expect(Math.abs(aheadOf(clock) - 1000 - HOUR_MS)).toBeLessThan(200);
});

test('a clock that drifts is followed', () => {
  const clock = new DatabaseClock();
  for (let reading = 0; reading < 20; reading++) read(clock, 1000 + reading, 2);
  expect(Math.abs(aheadOf(clock) - 1019)).toBeLessThan(10);
});
