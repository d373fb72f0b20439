import { expect, test } from 'vitest';
import { worstStateOf } from './worst-state.ts';

const NONE = { down: 0, unknown: 0, degraded: 0, pending: 0, maintenance: 0, paused: 0, up: 0 };

test('one monitor that is down outweighs any number that are not', () => {
  expect(worstStateOf({ ...NONE, down: 1, unknown: 9, degraded: 9, up: 90 })).toBe('down');
  expect(worstStateOf({ ...NONE, unknown: 1, degraded: 9 })).toBe('unknown');
  expect(worstStateOf({ ...NONE, degraded: 1, up: 90 })).toBe('degraded');
});

test('what is up, paused, new or under maintenance is no trouble', () => {
  expect(worstStateOf({ ...NONE, up: 3, paused: 2, pending: 1, maintenance: 1 })).toBeNull();
  expect(worstStateOf(NONE)).toBeNull();
});
