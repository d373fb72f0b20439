import { expect, test } from 'vitest';
import { SORT_KEYS } from '../../../../../shared/monitoring/monitor-input.ts';
import { FIRST_DIRECTION, isFiltered, readFilters, writeFilters } from './list-filters.ts';

test('an address without filters shows everything, the worst first, and stays clean', () => {
  const filters = readFilters({});
  expect(filters).toEqual({ search: '', state: null, tag: null, sort: 'state', direction: 'asc' });
  expect(isFiltered(filters)).toBe(false);
  expect(Object.values(writeFilters(filters)).every((value) => value === undefined)).toBe(true);
});

test('what an address says is read and written back the same', () => {
  const query = { q: 'api', state: 'down', tag: 'public', sort: 'latency', direction: 'asc' };
  expect(writeFilters(readFilters(query))).toEqual(query);
  expect(isFiltered(readFilters(query))).toBe(true);
});

test('an order goes its own way first', () => {
  expect(readFilters({ sort: 'latency' }).direction).toBe('desc');
  expect(writeFilters(readFilters({ sort: 'latency', direction: 'desc' })).direction).toBeUndefined();
});

test('what is no filter of ours is no filter', () => {
  expect(readFilters({ state: 'broken', sort: 'colour', direction: 'sideways', tag: '' })).toEqual(
    readFilters({}),
  );
  expect(readFilters({ q: ['first', 'second'] }).search).toBe('first');
});

test('every order that the server knows has a way to go', () => {
  expect(Object.keys(FIRST_DIRECTION).sort()).toEqual([...SORT_KEYS].sort());
});
