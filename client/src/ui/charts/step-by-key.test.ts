import { expect, test } from 'vitest';
import { stepByKey } from './step-by-key.ts';

const span = { first: 10, last: 20, stride: 7 };

test.each<[string, number | null, number | undefined]>([
  ['ArrowLeft', 15, 14],
  ['ArrowRight', 15, 16],
  ['ArrowDown', 15, 14],
  ['ArrowUp', 15, 16],
  ['PageDown', 18, 11],
  ['PageUp', 11, 18],
  ['Home', 15, 10],
  ['End', 15, 20],
  ['a', 15, undefined],
])('%s at %s goes to %s', (key, chosen, index) => {
  expect(stepByKey(key, chosen, span)).toBe(index);
});

test('with nothing chosen, a step back chooses the newest, and so does a step forward', () => {
  expect(stepByKey('ArrowLeft', null, span)).toBe(20);
  expect(stepByKey('ArrowRight', null, span)).toBe(20);
});

test('nothing leads beyond what is shown', () => {
  expect(stepByKey('ArrowLeft', 10, span)).toBe(10);
  expect(stepByKey('PageUp', 18, span)).toBe(20);
  expect(stepByKey('ArrowRight', 3, span)).toBe(10);
});
