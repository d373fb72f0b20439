import { expect, test } from 'vitest';
import { degradedWords, downWords, flapWords } from './alerting-words.ts';

const rule = { retries: 1, retryDelaySeconds: 5, recovery: 1, quorum: null, regions: 1 };

test.each([
  [{}, 'Down after 2 failed checks in a row, the second at once. Up again after one good check.'],
  [{ retries: 0, recovery: 3 }, 'Down after one failed check. Up again after 3 good checks in a row.'],
  [
    { retries: 2, retryDelaySeconds: 90, regions: 3 },
    'Down after 3 failed checks in a row, the second at once, then 1 min 30 s apart, from more than half of the 3 regions. Up again after one good check.',
  ],
  [
    { retries: 0, regions: 2 },
    'Down after one failed check, from both regions. Up again after one good check.',
  ],
  [
    { retries: 0, regions: 3, quorum: 1 },
    'Down after one failed check, from one of the 3 regions. Up again after one good check.',
  ],
  [
    { retries: 0, regions: 3, quorum: 5 },
    'Down after one failed check, from all 3 regions. Up again after one good check.',
  ],
])('%o', (change, words) => {
  expect(downWords({ ...rule, ...change })).toBe(words);
});

test('flapping, and that it is told each time', () => {
  const flapping = { flapChanges: 4, flapWindowMinutes: 15, flapQuietMinutes: 5 };
  expect(flapWords(flapping)).toBe(
    'After more than 4 changes within 15 min you are told once, and its state is held until 5 min have been quiet.',
  );
  expect(flapWords({ ...flapping, flapQuietMinutes: 1 })).toMatch(/held until 1 min has been quiet\.$/);
  expect(flapWords({ ...flapping, flapChanges: 0 })).toBe('Every change is told, however often it changes.');
});

test.each([
  [null, null, 'Never degraded: what answers as expected is up.'],
  [1500, null, 'Degraded when it takes longer than 1.5 s.'],
  [null, 7, 'Degraded when its certificate has less than 7 days left.'],
  [1500, 1, 'Degraded when it takes longer than 1.5 s, or its certificate has less than a day left.'],
])('slower than %s ms, certificate under %s days', (degradedAfterMs, certificateDays, words) => {
  expect(degradedWords({ degradedAfterMs, certificateDays })).toBe(words);
});
