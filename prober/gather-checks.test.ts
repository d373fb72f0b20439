import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gatherChecks, MOST_LATE_MS } from './gather-checks.ts';

const at = (...slots: number[]) => slots.map((slotMs) => ({ slotMs }));

test('what comes within 7 ms begins together, at the slot of the last, and what comes later by itself', () => {
  expect(gatherChecks(at(1007, 1000, 1003, 1008))).toEqual([
    { beginMs: 1007, together: at(1000, 1003, 1007) },
    { beginMs: 1008, together: at(1008) },
  ]);
});

test('each check begins once, in the order of the slots, never before its own, and never later than was promised', () => {
  const slots = fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { maxLength: 200 });
  fc.assert(
    fc.property(slots, (given) => {
      const gathered = gatherChecks(at(...given));
      const all = gathered.flatMap(({ together }) => together.map(({ slotMs }) => slotMs));
      expect(all).toEqual(given.toSorted((a, b) => a - b));
      for (const { beginMs, together } of gathered) {
        for (const { slotMs } of together) {
          expect(beginMs).toBeGreaterThanOrEqual(slotMs);
          expect(beginMs - slotMs).toBeLessThanOrEqual(MOST_LATE_MS);
        }
      }
    }),
  );
});
