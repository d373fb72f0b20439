import { expect, test } from 'vitest';
import { daysLeftWords } from './days-left-words.ts';

const now = Date.parse('2026-11-25T12:00:00Z');

test.each([
  ['2027-01-03T12:00:00Z', '3 Jan 2027 (39 days left)'],
  ['2026-11-26T13:00:00Z', '26 Nov 2026 (1 day left)'],
  ['2026-11-26T11:00:00Z', '26 Nov 2026 (less than a day left)'],
  ['2026-11-25T11:00:00Z', '25 Nov 2026 (expired less than a day ago)'],
  ['2026-11-23T11:00:00Z', '23 Nov 2026 (expired 2 days ago)'],
])('a certificate until %s: %s', (validTo, words) => {
  expect(daysLeftWords(Date.parse(validTo), now, 'UTC')).toBe(words);
});
