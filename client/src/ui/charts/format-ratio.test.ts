import { expect, test } from 'vitest';
import { formatRatio } from './format-ratio.ts';

test.each([
  [1, '100 %'],
  [0.9999999, '99.99 %'],
  [0.9995, '99.95 %'],
  [0.992, '99.2 %'],
  [0.29, '29 %'],
  [0.5, '50 %'],
  [0.1, '10 %'],
  [0, '0 %'],
])('a ratio of %d is "%s"', (ratio, words) => {
  expect(formatRatio(ratio)).toBe(words);
});
