import { expect, test } from 'vitest';
import { axisLabel, stepLabel } from './step-label.ts';

/** An instant of the reader's own zone, in seconds. */
const local = (hour: number, minute = 0) => new Date(2026, 10, 24, hour, minute).getTime() / 1000;

test('a step tells its span', () => {
  expect(stepLabel(local(14, 15), 900)).toBe('Tue 24 Nov, 14:15 to 14:30');
  expect(stepLabel(local(12), 12 * 3600)).toBe('Tue 24 Nov, 12:00 to 00:00');
});

test('the time axis shows the clock, and the date where a day begins', () => {
  expect(axisLabel(local(14, 15), 900)).toBe('14:15');
  expect(axisLabel(local(0), 3600)).toBe('24 Nov');
});

test('an axis of days shows dates only', () => {
  expect(axisLabel(local(12), 86_400)).toBe('24 Nov');
});
