import { expect, test } from 'vitest';
import { sparklineShape } from './sparkline-path.ts';

const box = { width: 100, height: 20, inset: 0 };

test('values run from left to right, higher ones further up, zero at the lower edge', () => {
  expect(sparklineShape([0, 50, 100], { ...box, height: 23 }).line).toBe('M0 23L50 13L100 3');
});

test('the ground reaches from the line to zero', () => {
  expect(sparklineShape([0, 50, 100], { ...box, height: 23 }).area).toBe('M0 23L50 13L100 3V23H0Z');
});

test('a failed check is a gap in line and ground, and has its place', () => {
  const shape = sparklineShape([100, 100, null, 100, 100], box);
  expect(shape.line.match(/M/g)).toHaveLength(2);
  expect(shape.area.match(/Z/g)).toHaveLength(2);
  expect(shape.gaps).toEqual([{ from: 50, to: 50 }]);
});

test('failures that follow each other are one span, others are another', () => {
  expect(sparklineShape([null, null, 1, null, 1], box).gaps).toEqual([
    { from: 0, to: 25 },
    { from: 75, to: 75 },
  ]);
});

test('a value between two failures is a dot, which a line alone would not show', () => {
  const shape = sparklineShape([null, 100, null], box);
  expect(shape.line).toMatch(/^M50 [\d.]+h0$/);
  expect(shape.area).toBe('');
});

test('nothing but failures, nothing but zero, and nothing at all can be drawn', () => {
  expect(sparklineShape([null, null], box)).toEqual({
    line: '',
    area: '',
    gaps: [{ from: 0, to: 100 }],
    last: null,
  });
  expect(sparklineShape([0, 0], box).line).toBe('M0 20L100 20');
  expect(sparklineShape([], box)).toEqual({ line: '', area: '', gaps: [], last: null });
});

test('a single value stands in the middle', () => {
  expect(sparklineShape([100], box).last?.x).toBe(50);
});

test('the newest value is marked, unless the newest check failed', () => {
  expect(sparklineShape([100, 50], box).last?.x).toBe(100);
  expect(sparklineShape([100, null], box).last).toBeNull();
});
