import { expect, test } from 'vitest';
import { isKeptOneOlder } from './kept-failures.ts';

const long = {
  state: 'down',
  stateSince: '2026-11-24T12:00:00.000Z',
  lastCheckedAt: '2026-11-24T12:10:00.000Z',
  intervalSeconds: 10,
} as const;
const BEFORE = '2026-11-24T12:09:20.000Z';

test('of a long outage the failure that is kept is older than the newest check, until it is that check', () => {
  expect(isKeptOneOlder(long, BEFORE)).toBe(true);
  expect(isKeptOneOlder({ ...long, state: 'degraded' }, BEFORE)).toBe(true);
  expect(isKeptOneOlder(long, long.lastCheckedAt)).toBe(false);
});

test('of a short outage, and with a check a minute or fewer, every failure is kept', () => {
  expect(isKeptOneOlder({ ...long, stateSince: '2026-11-24T12:09:00.000Z' }, BEFORE)).toBe(false);
  expect(isKeptOneOlder({ ...long, intervalSeconds: 60 }, BEFORE)).toBe(false);
});

test('after an outage the newest check is no failure that could be kept', () => {
  expect(isKeptOneOlder({ ...long, state: 'up' }, BEFORE)).toBe(false);
  expect(isKeptOneOlder({ ...long, lastCheckedAt: null }, BEFORE)).toBe(false);
});
