import { expect, test } from 'vitest';
import { cancelSentences } from './cancel-words.ts';

const PRO = {
  plan: 'pro',
  state: 'pro',
  currentPeriodEnd: '2026-12-30T12:00:00.000Z',
  graceEndsAt: null,
  usage: { monitors: 9, checkedMonitors: 3, members: 1 },
} as const;
const PAST_DUE = { ...PRO, state: 'past_due', graceEndsAt: '2026-12-07T12:00:00.000Z' } as const;
const withMonitors = (checkedMonitors: number) =>
  cancelSentences({ ...PRO, usage: { ...PRO.usage, checkedMonitors } })[1];

test('who cancels is told until when Pro stays', () => {
  expect(cancelSentences(PRO)[0]).toBe('Pro stays until 30 Dec 2026, and nothing more is charged.');
  expect(cancelSentences({ ...PRO, currentPeriodEnd: null })[0]).toMatch('until the end of the period,');
});

test('who cancels is told what the Free plan leaves them', () => {
  expect(withMonitors(3)).toBe(
    'After that you are on the Free plan. Your monitors go on, every 60 seconds or slower and from one region.',
  );
  expect(withMonitors(4)).toMatch('The newest of your 4 monitors is paused then; the others go on,');
  expect(withMonitors(9)).toMatch('The newest 6 of your 9 monitors are paused then;');
});

test('who owes a payment is promised no Pro that it does not give', () => {
  expect(cancelSentences(PAST_DUE)[0]).toMatch(/ends on 30 Dec 2026\. Pro ends on 7 Dec 2026 already unless/);
  const lapsed = cancelSentences({ ...PAST_DUE, plan: 'free' });
  expect(lapsed).toHaveLength(2);
  expect(lapsed[0]).toMatch('You stay on the Free plan.');
});
