import { describe, expect, test } from 'vitest';
import type { Result } from '../../../../../shared/checks/check-result.ts';
import { keepKnown, mergeNewest, newestByRegion, type ResultPages, resultKey } from './merge-results.ts';

const result = (time: string, region = 'local'): Result => ({
  slotAt: `2026-11-24T12:${time}.000Z`,
  checkedAt: `2026-11-24T12:${time}.003Z`,
  region,
  outcome: 'up',
  verification: false,
  code: 'ok',
  reason: null,
  statusCode: 200,
  timings: { dnsMs: 1, connectMs: 1, tlsMs: 1, firstByteMs: 1, transferMs: 1, totalMs: 5 },
});

const held: ResultPages = {
  pages: [
    { items: [result('02:00'), result('01:00')], nextCursor: 'older' },
    { items: [result('00:00')], nextCursor: null },
  ],
  pageParams: [null, 'older'],
};
const keys = (pages: ResultPages | null) => pages?.pages.map((page) => page.items.map(resultKey));

describe('new results are put before those that are held', () => {
  test('each once, and the older pages stay as they are', () => {
    const merged = mergeNewest(held, { items: [result('03:00'), result('02:00')], nextCursor: null });
    expect(keys(merged)?.[0]).toEqual(['03:00', '02:00', '01:00'].map((time) => resultKey(result(time))));
    expect(merged?.pages[1]).toBe(held.pages[1]);
  });

  test('a region that was late is put in its place', () => {
    const merged = mergeNewest(held, {
      items: [result('02:00'), result('01:30', 'us-east')],
      nextCursor: null,
    });
    expect(keys(merged)?.[0]?.[1]).toBe(resultKey(result('01:30', 'us-east')));
  });

  test('two regions of one slot both stand', () => {
    const merged = mergeNewest(held, {
      items: [result('02:00', 'us-east'), result('02:00')],
      nextCursor: null,
    });
    expect(keys(merged)?.[0]?.slice(0, 2)).toEqual([
      resultKey(result('02:00', 'us-east')),
      resultKey(result('02:00')),
    ]);
  });

  test('nothing new leaves everything as it is', () => {
    expect(mergeNewest(held, { items: [result('02:00')], nextCursor: null })).toBe(held);
    expect(mergeNewest(held, { items: [], nextCursor: null })).toBe(held);
  });

  test('more than a page of them, after a long absence, has the list asked for as a whole', () => {
    expect(mergeNewest(held, { items: [result('30:00'), result('29:00')], nextCursor: 'more' })).toBeNull();
    expect(mergeNewest({ pages: [], pageParams: [] }, { items: [], nextCursor: null })).toBeNull();
  });
});

test('a list that was asked for anew keeps the rows that were there', () => {
  const again: ResultPages = {
    pages: [{ items: [result('03:00'), result('02:00')], nextCursor: null }],
    pageParams: [null],
  };
  const kept = keepKnown(held, again);
  expect(kept).toEqual(again);
  expect(kept.pages[0]?.items[1]).toBe(held.pages[0]?.items[0]);
  expect(keepKnown(undefined, again)).toEqual(again);
});

test('the newest result of each region is found', () => {
  const newest = newestByRegion([result('03:00', 'us-east'), result('02:00'), result('01:00', 'us-east')]);
  expect([...newest].map(([region, { slotAt }]) => [region, slotAt])).toEqual([
    ['us-east', '2026-11-24T12:03:00.000Z'],
    ['local', '2026-11-24T12:02:00.000Z'],
  ]);
});
