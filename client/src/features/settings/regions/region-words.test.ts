import { expect, test } from 'vitest';
import { leavingSentences, leftSentence, monitorsSentence } from './region-words.ts';

test('a region says how many monitors it checks, and how many would be lost without it', () => {
  expect(monitorsSentence({ monitors: 0, onlyHere: 0 })).toBe('None of your monitors is checked from here.');
  expect(monitorsSentence({ monitors: 1, onlyHere: 0 })).toBe(
    'One of your monitors is checked from here, and from elsewhere too.',
  );
  expect(monitorsSentence({ monitors: 2, onlyHere: 2 })).toBe(
    '2 of your monitors are checked from here, and from nowhere else.',
  );
  expect(monitorsSentence({ monitors: 20, onlyHere: 3 })).toBe(
    '20 of your monitors are checked from here, 3 of them from nowhere else.',
  );
});

test('leaving a region says beforehand who loses it and who keeps it', () => {
  expect(leavingSentences({ monitors: 5, onlyHere: 2 })).toEqual([
    '3 monitors are no longer checked from here. How many of their regions must agree is counted from those that stay.',
    '2 monitors keep the region, since they have no other.',
  ]);
  expect(leavingSentences({ monitors: 1, onlyHere: 0 })).toHaveLength(1);
});

test('what came of it is told as it was, not as it was meant', () => {
  expect(leftSentence('eu-west', { changed: 3, kept: [] })).toBe(
    '3 monitors are no longer checked from eu-west.',
  );
  expect(leftSentence('eu-west', { changed: 1, kept: [{ id: 'a', name: 'Shop' }] })).toBe(
    'One monitor is no longer checked from eu-west. This one keeps it, since it has no other:',
  );
  expect(leftSentence('eu-west', { changed: 0, kept: [] })).toBe(
    'No monitor could stop being checked from eu-west.',
  );
});
