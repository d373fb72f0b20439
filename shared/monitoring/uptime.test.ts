import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MONITOR_STATES } from './monitor-state.ts';
import { type Span, summarizeUptime, uptimeByDay } from './uptime.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 24, 12);

/** Spans that follow one another without a gap, the last one open. */
const anySpans = fc
  .array(fc.tuple(fc.constantFrom(...MONITOR_STATES), fc.integer({ min: 1, max: 3 * DAY })), {
    minLength: 1,
    maxLength: 20,
  })
  .map((parts) => {
    const spans: Span[] = [];
    let toMs: number | null = null;
    let fromMs = NOW;
    for (const [state, lengthMs] of parts) {
      fromMs -= lengthMs;
      spans.unshift({ fromMs, toMs, state });
      toMs = fromMs;
    }
    return spans;
  });

const rangeMs = fc.integer({ min: 1000, max: 90 * DAY });

test('what was up, slow, down and left out is together the whole time since the monitor exists', () => {
  fc.assert(
    fc.property(anySpans, rangeMs, (spans, range) => {
      const created = spans[0]?.fromMs ?? NOW;
      const sum = summarizeUptime(spans, NOW - range, NOW, created);
      const whole = (NOW - Math.max(NOW - range, created)) / 1000;
      const told = sum.upSeconds + sum.degradedSeconds + sum.downSeconds + sum.excludedSeconds;
      expect(told).toBeCloseTo(whole, 3);
      expect(sum.coverage).toBeGreaterThanOrEqual(0);
      expect(sum.coverage).toBeLessThanOrEqual(1);
      if (sum.ratio !== null) {
        expect(sum.ratio).toBeGreaterThanOrEqual(0);
        expect(sum.ratio).toBeLessThanOrEqual(1);
      }
      expect(sum.ratio === null).toBe(sum.upSeconds + sum.degradedSeconds + sum.downSeconds === 0);
    }),
  );
});

test('cutting a span in two changes nothing', () => {
  fc.assert(
    fc.property(
      anySpans,
      rangeMs,
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (spans, range, where) => {
        const halves = spans.flatMap((span) => {
          const cut = Math.round(span.fromMs + ((span.toMs ?? NOW) - span.fromMs) * where);
          return cut <= span.fromMs || cut >= (span.toMs ?? NOW)
            ? [span]
            : [
                { ...span, toMs: cut },
                { ...span, fromMs: cut },
              ];
        });
        const sum = (of: Span[]) => summarizeUptime(of, NOW - range, NOW, 0);
        const [whole, split] = [sum(spans), sum(halves)];
        for (const key of ['upSeconds', 'degradedSeconds', 'downSeconds', 'excludedSeconds'] as const) {
          expect(split[key]).toBeCloseTo(whole[key], 3);
        }
      },
    ),
  );
});

test('the days of a range add up to the range', () => {
  fc.assert(
    fc.property(anySpans, fc.integer({ min: 1, max: 90 }), (spans, days) => {
      const created = spans[0]?.fromMs ?? NOW;
      const byDay = uptimeByDay(spans, days, NOW, created);
      const from = Math.floor(NOW / DAY) * DAY - (days - 1) * DAY;
      const whole = summarizeUptime(spans, from, NOW, created);
      for (const key of ['upSeconds', 'degradedSeconds', 'downSeconds', 'excludedSeconds'] as const) {
        expect(byDay.reduce((sum, day) => sum + day[key], 0)).toBeCloseTo(whole[key], 2);
      }
    }),
  );
});

test('being paused or unknown neither helps nor hurts', () => {
  const hour = 3_600_000;
  const spans: Span[] = [
    { fromMs: NOW - 4 * hour, toMs: NOW - 3 * hour, state: 'up' },
    { fromMs: NOW - 3 * hour, toMs: NOW - 2 * hour, state: 'down' },
    { fromMs: NOW - 2 * hour, toMs: NOW - hour, state: 'paused' },
    { fromMs: NOW - hour, toMs: null, state: 'unknown' },
  ];
  expect(summarizeUptime(spans, NOW - 4 * hour, NOW, 0)).toEqual({
    ratio: 0.5,
    upSeconds: 3600,
    degradedSeconds: 0,
    downSeconds: 3600,
    excludedSeconds: 7200,
    coverage: 0.5,
  });
});
