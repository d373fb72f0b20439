import { describe, expect, test } from 'vitest';
import { formatDuration, formatLatency, formatRhythm } from './duration.ts';

describe('a duration reads as people say it', () => {
  test.each([
    [0, '0 s'],
    [-5000, '0 s'],
    [999, '0 s'],
    [1000, '1 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [200_000, '3 min 20 s'],
    [3_599_999, '59 min 59 s'],
    [3_600_000, '1 h'],
    [3_661_000, '1 h 1 min'],
    [86_399_999, '23 h 59 min'],
    [86_400_000, '1 d'],
    [3 * 86_400_000 + 4 * 3_600_000 + 59_000, '3 d 4 h'],
    [400 * 86_400_000, '400 d'],
  ])('%i ms is "%s"', (durationMs, words) => {
    expect(formatDuration(durationMs)).toBe(words);
  });
});

describe('a latency has three figures at most', () => {
  test.each([
    [0, '0 ms'],
    [0.84, '0.8 ms'],
    [3, '3 ms'],
    [9.96, '10 ms'],
    [142.4, '142 ms'],
    [100, '100 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [1500, '1.5 s'],
    [1944, '1.94 s'],
    [9996, '10 s'],
    [12_149, '12.1 s'],
    [30_000, '30 s'],
  ])('%d ms is "%s"', (latencyMs, words) => {
    expect(formatLatency(latencyMs)).toBe(words);
  });
});

describe('a rhythm reads as people say it', () => {
  test.each([
    [10, 'every 10 s'],
    [60, 'every minute'],
    [300, 'every 5 min'],
    [3600, 'every hour'],
    [86_400, 'every day'],
  ])('%i s is "%s"', (intervalSeconds, words) => {
    expect(formatRhythm(intervalSeconds)).toBe(words);
  });
});
