import { expect, test } from 'vitest';
import { initialOf } from './initial.ts';

test.each([
  ['anna', 'A'],
  [' élan', 'É'],
  ['e\u0301lan', 'É'],
  ['🦆 Duck', '🦆'],
  [`A${'\u0301'.repeat(60)}`, 'Á'],
  ['', ''],
])('the sign of %j is %j', (name, sign) => {
  expect(initialOf(name)).toBe(sign);
});
