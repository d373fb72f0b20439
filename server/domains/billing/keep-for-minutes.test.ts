import { expect, test } from 'vitest';
import { keepForMinutes } from './keep-for-minutes.ts';

/** Answers 1, 2, 3, ... or fails where it is told to; the time is ours. */
function openQuestion() {
  const asked = { times: 0, now: 0, fails: false };
  const failures: unknown[] = [];
  const read = keepForMinutes(
    async () => {
      asked.times += 1;
      if (asked.fails) throw new Error(`no answer ${asked.times}`);
      return asked.times;
    },
    (error) => failures.push(error),
    () => asked.now,
  );
  return { asked, failures, read };
}

const MINUTE_MS = 60_000;

test('an answer is kept for five minutes, then renewed behind whoever asks', async () => {
  const { asked, read } = openQuestion();
  expect(await read()).toBe(1);
  asked.now = 5 * MINUTE_MS - 1;
  expect(await read()).toBe(1);
  expect(asked.times).toBe(1);
  asked.now = 5 * MINUTE_MS;
  expect(await read()).toBe(1);
  expect(await read()).toBe(2);
  expect(asked.times).toBe(2);
});

test('who comes while it is asked for waits for the same answer', async () => {
  const { asked, read } = openQuestion();
  expect(await Promise.all([read(), read(), read()])).toEqual([1, 1, 1]);
  expect(asked.times).toBe(1);
});

test('without an answer there is none for half a minute, and what was known stays known', async () => {
  const { asked, failures, read } = openQuestion();
  asked.fails = true;
  expect(await read()).toBeNull();
  asked.now = 30_000 - 1;
  expect(await read()).toBeNull();
  expect(asked.times).toBe(1);
  asked.now = 30_000;
  asked.fails = false;
  expect(await read()).toBe(2);

  asked.fails = true;
  asked.now += 5 * MINUTE_MS;
  expect(await read()).toBe(2);
  expect(await read()).toBe(2);
  expect(failures).toEqual([new Error('no answer 1'), new Error('no answer 3')]);
});
