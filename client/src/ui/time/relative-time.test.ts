import { describe, expect, test } from 'vitest';
import { calendarDate, clockTime, exactTime, relativeTime, zoneName } from './relative-time.ts';

const NOW = Date.parse('2026-11-24T21:56:50.000Z');

describe('an instant is told by its distance from now', () => {
  test.each([
    [0, 'just now'],
    [-1400, 'just now'],
    [1400, 'just now'],
    [-1500, '1 s ago'],
    [-12_000, '12 s ago'],
    [-59_999, '59 s ago'],
    [-60_000, '1 min ago'],
    [-3_599_000, '59 min ago'],
    [-3_600_000, '1 h ago'],
    [-86_399_000, '23 h ago'],
    [-86_400_000, '1 d ago'],
    [-29 * 86_400_000, '29 d ago'],
    [12_000, 'in 12 s'],
    [3 * 86_400_000, 'in 3 d'],
  ])('%i ms from now is "%s"', (offsetMs, words) => {
    expect(relativeTime(NOW + offsetMs, NOW)).toBe(words);
  });

  test('a month away it is a date', () => {
    expect(relativeTime(Date.parse('2026-10-20T12:00:00Z'), NOW)).toBe('20 Oct 2026');
  });
});

describe('the exact instant names its zone', () => {
  test('in winter and in summer', () => {
    expect(exactTime(NOW, 'Europe/Berlin')).toBe('Tue 24 Nov 2026, 22:56:50 CET');
    expect(exactTime(Date.parse('2026-07-01T10:00:00Z'), 'Europe/Berlin')).toBe(
      'Wed 1 Jul 2026, 12:00:00 CEST',
    );
    expect(exactTime(NOW, 'UTC')).toBe('Tue 24 Nov 2026, 21:56:50 UTC');
  });

  test('midnight is 00, and the day is the zone’s own', () => {
    const midnightInTokyo = Date.parse('2026-11-24T15:00:00Z');
    expect(clockTime(midnightInTokyo, 'Asia/Tokyo')).toBe('00:00:00');
    expect(calendarDate(midnightInTokyo, 'Asia/Tokyo')).toBe('25 Nov 2026');
    expect(zoneName(midnightInTokyo, 'Asia/Tokyo')).toBe('GMT+9');
  });
});
