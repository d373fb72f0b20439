import { expect, test } from 'vitest';
import { type Part, standingOf, standingWords } from './standing.ts';

const END = '2026-12-30T12:00:00.000Z';
const FREE = {
  plan: 'free',
  state: 'free',
  subscribed: false,
  currentPeriodEnd: null,
  cancelAt: null,
  graceEndsAt: null,
} as const;
const PRO = { ...FREE, plan: 'pro', state: 'pro', subscribed: true, currentPeriodEnd: END } as const;
const PAST_DUE = { ...PRO, state: 'past_due', graceEndsAt: END } as const;

const text = (parts: Part[]) => parts.map((part) => (typeof part === 'string' ? part : part.at)).join('');
const words = (status: Parameters<typeof standingWords>[0]) => {
  const { title, sentence } = standingWords(status);
  return `${title}: ${text(sentence)}`;
};

test('each way to stand is told apart, and says its next date', () => {
  expect(standingOf(FREE)).toBe('free');
  expect(words(PRO)).toBe(`Pro plan: The next payment is due on ${END}.`);
  expect(words({ ...PRO, state: 'canceled', cancelAt: END })).toMatch(`Pro ends on ${END}, and nothing more`);
  expect(words(PAST_DUE)).toMatch(`Pro ends on ${END} unless it is paid.`);
  expect(words({ ...PAST_DUE, cancelAt: END })).toMatch(`unless it is paid, and else ${END}, since it was`);
  expect(words({ ...PAST_DUE, plan: 'free' })).toMatch(`Pro ended on ${END}. Nothing was deleted`);
});

test('Pro without a subscription promises no payment, and Free with one asks for none anew', () => {
  expect(standingOf({ ...PRO, state: 'free', subscribed: false })).toBe('given');
  expect(standingOf({ ...FREE, subscribed: true })).toBe('unpaid');
});

test('a date that is not known leaves no hole in the sentence', () => {
  expect(words({ ...PRO, currentPeriodEnd: null })).toBe(
    'Pro plan: The next payment is due at the end of the period.',
  );
  expect(words({ ...PAST_DUE, graceEndsAt: null })).toMatch('Pro ends soon unless');
});
