import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gridPhaseMs, nextSlotAfter } from './check-grid.ts';

const anyInterval = fc.integer({ min: 10, max: 86_400 });

test('the next slot is the first of the grid after an instant, never the instant itself', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), anyInterval, fc.uuid(), (instant, interval, id) => {
      const phase = gridPhaseMs(id, 'local', interval);
      const next = nextSlotAfter(instant, interval * 1000, phase);
      expect(next).toBeGreaterThan(instant);
      expect(next - instant).toBeLessThanOrEqual(interval * 1000);
      expect((next - phase) % (interval * 1000)).toBe(0);
    }),
  );
});

test('slots follow one another by exactly one interval: nothing drifts', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), anyInterval, fc.uuid(), (instant, interval, id) => {
      const phase = gridPhaseMs(id, 'local', interval);
      const first = nextSlotAfter(instant, interval * 1000, phase);
      expect(nextSlotAfter(first, interval * 1000, phase)).toBe(first + interval * 1000);
    }),
  );
});

test('a monitor keeps its place for good, and has another one in another region', () => {
  fc.assert(
    fc.property(fc.uuid(), anyInterval, (id, interval) => {
      const phase = gridPhaseMs(id, 'local', interval);
      expect(phase).toBeGreaterThanOrEqual(0);
      expect(phase).toBeLessThan(interval * 1000);
      expect(gridPhaseMs(id, 'local', interval)).toBe(phase);
    }),
  );
  expect(gridPhaseMs('a', 'eu-west', 3600)).not.toBe(gridPhaseMs('a', 'us-east', 3600));
});

test('ten thousand monitors are spread evenly over their minute', () => {
  const perSecond = new Array<number>(60).fill(0);
  for (let number = 0; number < 10_000; number++) {
    const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    const second = Math.floor(gridPhaseMs(id, 'local', 60) / 1000);
    perSecond[second] = (perSecond[second] ?? 0) + 1;
  }
  // 167 are meant to be in each second; four standard deviations either way.
  expect(Math.min(...perSecond)).toBeGreaterThan(115);
  expect(Math.max(...perSecond)).toBeLessThan(219);
});
