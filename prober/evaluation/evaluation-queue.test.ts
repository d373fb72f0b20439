import { expect, test } from 'vitest';
import { EvaluationQueue } from './evaluation-queue.ts';

const waiting = (tenantId: string, characters = 1000) => ({ tenantId, characters });

test('who has taken the least lately is next, and of one organization the oldest', () => {
  const queue = new EvaluationQueue();
  const [first, second, third] = [waiting('greedy'), waiting('greedy'), waiting('modest')];
  queue.count(first, 900, 0);
  for (const each of [first, second, third]) expect(queue.add(each)).toEqual([]);
  expect(queue.take(0)).toBe(third);
  queue.count(third, 1000, 0);
  const fourth = waiting('modest');
  queue.add(fourth);
  expect([queue.take(0), queue.take(0), queue.take(0), queue.take(0)]).toEqual([first, second, fourth, null]);
});

test('what somebody took long ago counts for little', () => {
  const queue = new EvaluationQueue();
  const [before, lately] = [waiting('before'), waiting('lately')];
  queue.count(before, 1000, 0);
  queue.count(lately, 100, 60_000);
  queue.add(lately);
  queue.add(before);
  expect(queue.take(60_000)).toBe(before);
});

test('when there is no room the newest of who has the most waiting has to go', () => {
  const queue = new EvaluationQueue();
  const modest = waiting('modest', 1024 * 1024);
  queue.add(modest);
  const greedy = Array.from({ length: 15 }, () => waiting('greedy', 1024 * 1024));
  for (const each of greedy) expect(queue.add(each)).toEqual([]);
  const last = waiting('modest', 1024 * 1024);
  expect(queue.add(last)).toEqual([greedy[14]]);
  expect(queue.remove(last)).toBe(true);
  expect(queue.remove(last)).toBe(false);
  expect(queue.take(0)).toBe(modest);
});
