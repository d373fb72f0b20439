import { expect, test } from 'vitest';
import { valueWords } from './value-words.ts';

test('what a plan and a subscription are told by is read as words, not as the API has it', () => {
  expect(valueWords('pausedFor', 'plan')).toBe('the plan');
  expect(valueWords('pausedFor', null)).toBe('nothing');
  expect(valueWords('state', 'past_due')).toBe('past due');
  expect(valueWords('cancelAt', null)).toBe('never');
  expect(valueWords('cancelAt', '2026-12-30T12:00:00.000Z')).toMatch(/^Wed 30 Dec 2026, \d\d:00:00 /);
});
