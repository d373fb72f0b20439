import { expect, test } from 'vitest';
import { sparklineShape } from './sparkline-path.ts';

const box = { width: 100, height: 20, inset: 0 };

test('values run from left to right, higher ones further up, zero at the lower edge', () => {
  expect(sparklineShape([0, 50, 100], { ...box, height: 23 }).line).toBe('M0 23L50 13L100 3');
});

test('a failed check is a gap in the line, and has its place', () => {
  const shape = sparklineShape([100, 100, null, 100, 100], box);
  expect(shape.line.match(/M/g)).toHaveLength(2);
  expect(shape.gaps).toEqual([50]);
});

test('a value between two failures is a dot, which a line alone would not show', () => {
  expect(sparklineShape([null, 100, null], box).line).toMatch(/^M50 [\d.]+h0$/);
});

test('nothing but failures, nothing but zero, and nothing at all can be drawn', () => {
  expect(sparklineShape([null, null], box)).toEqual({ line: '', gaps: [0, 100], last: null });
  expect(sparklineShape([0, 0], box).line).toBe('M0 20L100 20');
  expect(sparklineShape([], box)).toEqual({ line: '', gaps: [], last: null });
});

test('a single value stands in the middle', () => {
  expect(sparklineShape([100], box).last?.x).toBe(50);
});

test('the newest value is marked, unless the newest check failed', () => {
  expect(sparklineShape([100, 50], box).last?.x).toBe(100);
  expect(sparklineShape([100, null], box).last).toBeNull();
});
