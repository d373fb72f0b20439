import { describe, expect, test } from 'vitest';
import type { UptimeDay } from '../../../../shared/monitoring/history.ts';
import { dayName, describeDay, describeDays, sharesOf } from './uptime-days.ts';

const good: UptimeDay = {
  day: '2026-11-23',
  ratio: 1,
  upSeconds: 86_400,
  degradedSeconds: 0,
  downSeconds: 0,
  excludedSeconds: 0,
  coverage: 1,
};
const bad: UptimeDay = {
  ...good,
  day: '2026-11-12',
  ratio: 0.75,
  upSeconds: 43_200,
  degradedSeconds: 21_600,
  downSeconds: 21_600,
};
const unwatched: UptimeDay = {
  ...good,
  day: '2026-11-01',
  ratio: null,
  upSeconds: 0,
  excludedSeconds: 86_400,
  coverage: 0,
};

test('a day is drawn by shares of the time that was watched', () => {
  expect(sharesOf(good)).toEqual({ down: 0, degraded: 0 });
  expect(sharesOf(bad)).toEqual({ down: 0.25, degraded: 0.25 });
  expect(sharesOf(unwatched)).toBeNull();
});

test('a UTC day keeps its date wherever the reader is', () => {
  expect(dayName('2026-11-24')).toBe('24 Nov 2026');
});

describe('a day in words', () => {
  test.each<[UptimeDay, string]>([
    [good, '100 %'],
    [bad, '75 %, down 6 h, degraded 6 h'],
    [unwatched, 'not watched'],
    [{ ...good, ratio: 0.999999, downSeconds: 0.2 }, '99.99 %, down 1 s'],
    [{ ...good, upSeconds: 43_200, coverage: 0.5 }, '100 %, watched 50 % of the day'],
  ])('%#', (day, words) => {
    expect(describeDay(day)).toBe(words);
  });
});

describe('all days in words', () => {
  test.each<[UptimeDay[], string]>([
    [[good, good], 'No downtime in the 2 days.'],
    [[unwatched, good], 'No downtime in the one day that was watched.'],
    [[unwatched, bad], 'Downtime on the one day that was watched: 75 %, down 6 h, degraded 6 h.'],
    [[unwatched], 'None of the last 1 days was watched.'],
    [[good, bad], 'Downtime on 1 of 2 days. The worst was 12 Nov 2026: 75 %, down 6 h, degraded 6 h.'],
    [
      [unwatched, good, bad, { ...bad, day: '2026-11-13', ratio: 0.9 }],
      'Downtime on 2 of 3 days that were watched. The worst was 12 Nov 2026: 75 %, down 6 h, degraded 6 h.',
    ],
  ])('%#', (days, words) => {
    expect(describeDays(days)).toBe(words);
  });
});
