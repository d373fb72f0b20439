import { expect, test } from 'vitest';
import { orderToShow } from './held-order.ts';

const shown = { subject: 'all', ids: ['a', 'b', 'c'] };
const next = (incoming: string[], isHeld: boolean, subject = 'all') =>
  orderToShow(shown, { subject, incoming, isHeld }).ids;

test('under a pointer a row keeps its place; what is new comes last; what is gone goes', () => {
  expect(next(['c', 'a', 'b'], true)).toEqual(['a', 'b', 'c']);
  expect(next(['new', 'c', 'a'], true)).toEqual(['a', 'c', 'new']);
});

test('the list takes its true order the moment nobody points at it', () => {
  expect(next(['c', 'a', 'b'], false)).toEqual(['c', 'a', 'b']);
});

test('other filters are another list, and nothing of the old order holds', () => {
  expect(next(['c', 'b'], true, 'only those that are down')).toEqual(['c', 'b']);
});

test('the first order is taken as it comes', () => {
  expect(orderToShow(undefined, { subject: 'all', incoming: ['b', 'a'], isHeld: true }).ids).toEqual([
    'b',
    'a',
  ]);
});
