import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALWAYS_TOGETHER_MS, ENOUGH, gatherChecks, MOST_LATE_MS } from './gather-checks.ts';

const at = (...slots: number[]) => slots.map((slotMs) => ({ slotMs }));
const groups = (...slots: number[]) =>
  gatherChecks(at(...slots)).map(({ together }) => together.map(({ slotMs }) => slotMs));

test('what comes within 20 ms begins together, at the slot of the last, and what comes later by itself', () => {
  expect(gatherChecks(at(1000, 1020, 1021))).toEqual([
    { beginMs: 1020, together: at(1000, 1020) },
    { beginMs: 1021, together: at(1021) },
  ]);
});

test('whoever is enough waits for no more, but for what comes within 5 ms', () => {
  const ten = Array.from({ length: ENOUGH }, (_, i) => 1000 + i);
  expect(groups(...ten, 1012, 1013)).toEqual([ten, [1012, 1013]]);
  const dense = Array.from({ length: 51 }, (_, i) => 1000 + i / 10);
  expect(groups(...dense, 1005.1)).toEqual([dense, [1005.1]]);
});

test('each check begins once, never before its slot, and never later than was promised', () => {
  const slots = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 });
  fc.assert(
    fc.property(slots, (given) => {
      const gathered = gatherChecks(at(...given));
      const all = gathered.flatMap(({ together }) => together.map(({ slotMs }) => slotMs));
      expect(all).toEqual(given.toSorted((a, b) => a - b));
      for (const { beginMs, together } of gathered) {
        const first = Math.min(...together.map(({ slotMs }) => slotMs));
        expect(beginMs).toBe(Math.max(...together.map(({ slotMs }) => slotMs)));
        expect(beginMs - first).toBeLessThanOrEqual(
          together.length > ENOUGH ? ALWAYS_TOGETHER_MS : MOST_LATE_MS,
        );
      }
    }),
  );
});
