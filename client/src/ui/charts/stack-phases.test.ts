import { describe, expect, test } from 'vitest';
import type { SeriesPoint } from '../../../../shared/monitoring/history.ts';
import { stackPhases, summarizeSteps } from './stack-phases.ts';

const point = (at: string, fields: Partial<SeriesPoint> = {}): SeriesPoint => ({
  at: `2026-11-24T${at}:00.000Z`,
  p50Ms: 90,
  p95Ms: 200,
  phases: { dnsMs: 1, connectMs: 10, tlsMs: 20, firstByteMs: 60, transferMs: 5 },
  up: 4,
  degraded: 0,
  down: 0,
  unknown: 0,
  ...fields,
});
const silent = (at: string) => point(at, { p50Ms: null, p95Ms: null, phases: null, up: 0, unknown: 4 });

test('phases are stacked up to the mean total, the tallest first', () => {
  const [at, p95, ...tops] = stackPhases([point('12:00')]);
  expect(at).toEqual([Date.parse('2026-11-24T12:00:00Z') / 1000]);
  expect(p95).toEqual([200]);
  expect(tops).toEqual([[96], [91], [31], [11], [1]]);
});

test('a step without an answer is a gap in every column, never a zero', () => {
  const [, p95, ...tops] = stackPhases([point('12:00'), silent('12:15')]);
  for (const column of [p95, ...tops]) expect(column[1]).toBeNull();
});

describe('steps taken together', () => {
  test('weigh as much as they had answers', () => {
    const slow = point('12:15', {
      up: 1,
      phases: { dnsMs: 6, connectMs: 10, tlsMs: 20, firstByteMs: 60, transferMs: 5 },
    });
    const summary = summarizeSteps([point('12:00'), slow]);
    expect(summary.phases?.dnsMs).toBeCloseTo(2);
    expect(summary.totalMs).toBeCloseTo(97);
  });

  test('count what was checked, and what of it failed', () => {
    const failing = point('12:15', { up: 1, degraded: 1, down: 2, unknown: 3 });
    expect(summarizeSteps([point('12:00'), failing])).toMatchObject({
      checks: 8,
      down: 2,
      degraded: 1,
      unknown: 3,
    });
  });

  test('have the highest 95th percentile of any', () => {
    expect(summarizeSteps([point('12:00'), point('12:15', { p95Ms: 950 }), silent('12:30')]).p95Ms).toBe(950);
  });

  test('without an answer have no latency at all', () => {
    expect(summarizeSteps([silent('12:00')])).toMatchObject({
      phases: null,
      totalMs: null,
      p95Ms: null,
      checks: 0,
    });
  });
});
