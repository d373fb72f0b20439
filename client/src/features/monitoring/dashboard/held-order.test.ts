import { createRoot, createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { createHeldOrder, holdOrder } from './held-order.ts';

test('a held row keeps its place; what is new comes last; what is gone goes', () => {
  expect(holdOrder(['a', 'b', 'c'], ['c', 'a', 'b'])).toEqual(['a', 'b', 'c']);
  expect(holdOrder(['a', 'b', 'c'], ['new', 'c', 'a'])).toEqual(['a', 'c', 'new']);
  expect(holdOrder([], ['b', 'a'])).toEqual(['b', 'a']);
});

test('the list takes its true order the moment nobody points at it', () => {
  createRoot((dispose) => {
    const [incoming, setIncoming] = createSignal(['a', 'b', 'c']);
    const [held, setHeld] = createSignal(false);
    const [subject, setSubject] = createSignal('all');
    const shown = createHeldOrder(incoming, held, subject);
    expect(shown()).toEqual(['a', 'b', 'c']);

    setHeld(true);
    setIncoming(['c', 'b', 'a']);
    expect(shown()).toEqual(['a', 'b', 'c']);

    setHeld(false);
    expect(shown()).toEqual(['c', 'b', 'a']);

    setHeld(true);
    setIncoming(['b', 'c', 'a']);
    setSubject('only those that are down');
    expect(shown()).toEqual(['b', 'c', 'a']);
    dispose();
  });
});
