import { expect, test } from 'vitest';
import { tooManyTries } from './rate-limit.ts';

test.each([
  [0, 'a second'],
  [0.2, 'a second'],
  [1.1, '2 seconds'],
  [59, '59 seconds'],
  [59.5, 'a minute'],
  [61, '2 minutes'],
  [720, '12 minutes'],
  [3541, 'an hour'],
  [3600, 'an hour'],
  [3601, '2 hours'],
])('who has to wait %d s is told to try again in %s', (seconds, wait) => {
  expect(tooManyTries(seconds)).toBe(`Too many tries. Try again in ${wait}.`);
});
