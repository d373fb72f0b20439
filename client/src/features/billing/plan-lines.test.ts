import { expect, test } from 'vitest';
import { PLANS } from '../../../../shared/billing/plans.ts';
import { planLines } from './plan-lines.ts';

const read = (plan: keyof typeof PLANS) =>
  planLines(PLANS[plan]).map(({ name, value }) => `${name}: ${value}`);

test('a plan shows what the server will hold it to', () => {
  expect(read('free')).toEqual([
    'Monitors: 3',
    'Fastest check: every 60 seconds',
    'Regions: 1 at a time',
    'Single results: kept for 7 days',
    'Members: unlimited',
  ]);
  expect(read('pro').slice(0, 4)).toEqual([
    'Monitors: unlimited',
    'Fastest check: every 10 seconds',
    'Regions: all, at once',
    'Single results: kept for 90 days',
  ]);
});
