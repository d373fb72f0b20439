import { expect, test } from 'vitest';
import {
  fileAddress,
  filterInput,
  isFiltered,
  NO_FILTERS,
  readFilters,
  writeFilters,
} from './audit-filters.ts';

const actor = '3f0c9a4e-1111-4222-8333-444455556666';

test('filters come out of an address as they went in', () => {
  const filters = {
    group: 'members',
    actor,
    subject: '100 %',
    fromDay: '2026-01-31',
    toDay: '2026-02-01',
  } as const;
  expect(readFilters(writeFilters(filters))).toEqual(filters);
  expect(isFiltered(filters)).toBe(true);
  expect(writeFilters(NO_FILTERS)).toEqual({});
  expect(isFiltered(NO_FILTERS)).toBe(false);
});

test('what an address says that is no filter leaves nothing out', () => {
  expect(readFilters({ group: 'all', actor: 'me', from: '2026-02-31x', to: '2026-99-01' })).toEqual(
    NO_FILTERS,
  );
  expect(readFilters({ actor: 'system', group: ['monitors', 'members'] })).toMatchObject({
    actor: 'system',
    group: 'monitors',
  });
});

test('days are whole, and the reader’s own', () => {
  const { from = '', to = '' } = filterInput({ ...NO_FILTERS, fromDay: '2026-01-31', toDay: '2026-01-31' });
  expect([new Date(from).toString(), new Date(to).toString()]).toEqual([
    new Date(2026, 0, 31).toString(),
    new Date(2026, 1, 1).toString(),
  ]);
});

test('the file is asked for with the same filters', () => {
  expect(fileAddress(NO_FILTERS)).toBe('/audit.csv');
  expect(fileAddress({ ...NO_FILTERS, actor: 'system', subject: 'a&b' })).toBe(
    '/audit.csv?actor=system&subject=a%26b',
  );
});
