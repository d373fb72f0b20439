import { expect, test } from 'vitest';
import { isTypedName } from './tenant-input.ts';

test.each([
  ['Acme', ' Acme '],
  ['Rosalind’s Bakery', "Rosalind's Bakery"],
  ['North–South “Ltd”', 'North-South "Ltd"'],
  ['Two  spaces\u00a0and three', 'Two spaces and three'],
  ['Cafe\u0301', 'Café'],
  ['Zero\u200bwidth', 'Zerowidth'],
])('the name %j is typed as it reads: %j', (name, typed) => {
  expect(isTypedName(typed, name)).toBe(true);
});

test.each([
  ['Acme', ''],
  ['Acme', 'acme'],
  ['Acme', 'Acme Ltd'],
  ['Acme', 'Ac me'],
  ['Café', 'Cafe'],
])('the name %j is not typed as %j', (name, typed) => {
  expect(isTypedName(typed, name)).toBe(false);
});
