import { expect, test } from 'vitest';
import { intervalOptions } from './interval-options.ts';

test('the Free plan shows what Pro could do, and does not offer it', () => {
  const [first, second, third] = intervalOptions('free', 60);
  expect(first).toEqual({ value: '10', label: 'Every 10 s · Pro only', disabled: true });
  expect(second?.disabled).toBe(true);
  expect(third).toEqual({ value: '60', label: 'Every minute', disabled: false });
});

test('the Pro plan offers everything', () => {
  expect(intervalOptions('pro', 60).filter((option) => option.disabled)).toEqual([]);
});

test('an interval that was set through the API stands in its place in the list', () => {
  const values = intervalOptions('pro', 45).map((option) => option.value);
  expect(values.slice(0, 4)).toEqual(['10', '30', '45', '60']);
});

test('an interval from better days can be kept, though the plan offers it no more', () => {
  expect(intervalOptions('free', 30).find((option) => option.value === '30')?.disabled).toBe(false);
});
