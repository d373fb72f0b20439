import { expect, test } from 'vitest';
import { daysLeft, daysLeftHeadline, isStillSeen, thresholdWords } from './days-left.ts';

const DAY = 86_400_000;
const now = Date.parse('2026-11-25T12:00:00Z');

test('whole days are counted, and the threshold is crossed to the moment', () => {
  expect(daysLeft(now + 14 * DAY, now, 14)).toEqual({ days: 14, standing: 'valid' });
  expect(daysLeft(now + 14 * DAY - 1, now, 14)).toEqual({ days: 13, standing: 'expiring' });
  expect(daysLeft(now + 1, now, null)).toEqual({ days: 0, standing: 'valid' });
  expect(daysLeft(now, now, 14)).toEqual({ days: 0, standing: 'expired' });
});

test('what is left is said as people say it', () => {
  const words = (leftMs: number) => daysLeftHeadline(daysLeft(now + leftMs, now, 14));
  expect(words(23 * DAY)).toBe('23 days left');
  expect(words(DAY)).toBe('1 day left');
  expect(words(DAY - 1)).toBe('Less than a day left');
  expect(words(-1)).toBe('Expired today');
  expect(words(-2 * DAY)).toBe('Expired 2 days ago');
});

test('the threshold says what it does, or that there is none', () => {
  expect(thresholdWords(daysLeft(now + 30 * DAY, now, 14), 14)).toBe('Degraded under 14 days.');
  expect(thresholdWords(daysLeft(now + 3 * DAY, now, 14), 14)).toBe('Under the threshold of 14 days.');
  expect(thresholdWords(daysLeft(now - DAY, now, 14), 14)).toBe('A check that is shown it fails.');
  expect(thresholdWords(daysLeft(now + 3 * DAY, now, null), null)).toMatch(/^No threshold is set/);
});

test('one that is noted once an hour is still there for as long as a note may be away', () => {
  const hour = 3_600_000;
  expect(isStillSeen(0, hour + 60_000)).toBe(true);
  expect(isStillSeen(0, 2 * hour)).toBe(false);
});
