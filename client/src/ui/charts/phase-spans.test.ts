import { expect, test } from 'vitest';
import type { Timings } from '../../../../shared/checks/check-result.ts';
import { phaseSpans } from './phase-spans.ts';

const timings: Timings = {
  dnsMs: 10,
  connectMs: 20,
  tlsMs: 30,
  firstByteMs: 40,
  transferMs: 0,
  totalMs: 100,
};

test('each phase begins where the one before it ended', () => {
  expect(phaseSpans(timings, 100).map(({ key, start, width }) => [key, start, width])).toEqual([
    ['dnsMs', 0, 10],
    ['connectMs', 10, 20],
    ['tlsMs', 30, 30],
    ['firstByteMs', 60, 40],
    ['transferMs', 99.4, 0.6],
  ]);
});

test('on a scale it shares with a slower check, it takes less room', () => {
  expect(phaseSpans(timings, 200)[3]).toMatchObject({ start: 30, width: 20 });
});

test('a phase that was not reached is left out, a short one can still be seen', () => {
  const refused: Timings = { ...timings, connectMs: 0.01, tlsMs: null, firstByteMs: null, transferMs: null };
  expect(phaseSpans(refused, 100).map(({ key, width }) => [key, width])).toEqual([
    ['dnsMs', 10],
    ['connectMs', 0.6],
  ]);
});

test('nothing took any time: nothing is divided by zero', () => {
  for (const span of phaseSpans({ ...timings, totalMs: 0 }, 0))
    expect(Number.isFinite(span.start)).toBe(true);
});
