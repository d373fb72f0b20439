import { expect, test } from 'vitest';
import { latencyWords } from './latency-words.ts';

test('the small chart says in words what it draws', () => {
  expect(latencyWords([120, 340, 180])).toBe('The last 3 checks: 120 ms to 340 ms');
  expect(latencyWords([120, null, null])).toBe('The last 3 checks: 120 ms, 2 failed');
  expect(latencyWords([null])).toBe('The last check failed');
  expect(latencyWords([])).toBe('No checks in the last 24 hours');
});
