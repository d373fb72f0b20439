import type { UptimeDay, UptimeSummary } from './history.ts';
import type { MonitorState } from './monitor-state.ts';

/** A stretch of one state; the open one has no end. Epoch milliseconds. */
export type Span = { fromMs: number; toMs: number | null; state: MonitorState };

const DAY_MS = 86_400_000;

const isWatched = (state: MonitorState): state is 'up' | 'degraded' | 'down' =>
  state === 'up' || state === 'degraded' || state === 'down';

/**
 * Sums what a monitor's spans have in common with a range. Unknown, paused, maintenance and pending are neither up nor
 * down: they are left out of the ratio, and shown as missing coverage.
 *
 * @param existsSinceMs when the monitor was made: the time before is not missing coverage
 */
export function summarizeUptime(
  spans: readonly Span[],
  fromMs: number,
  toMs: number,
  existsSinceMs: number,
): UptimeSummary {
  const startMs = Math.min(toMs, Math.max(fromMs, existsSinceMs));
  const seconds = { up: 0, degraded: 0, down: 0, excluded: 0 };
  for (const span of spans) {
    const lengthMs = Math.min(span.toMs ?? toMs, toMs) - Math.max(span.fromMs, startMs);
    if (lengthMs <= 0) continue;
    seconds[isWatched(span.state) ? span.state : 'excluded'] += lengthMs / 1000;
  }
  const watched = seconds.up + seconds.degraded + seconds.down;
  const range = (toMs - startMs) / 1000;
  return {
    ratio: watched === 0 ? null : (seconds.up + seconds.degraded) / watched,
    upSeconds: seconds.up,
    degradedSeconds: seconds.degraded,
    downSeconds: seconds.down,
    excludedSeconds: seconds.excluded,
    coverage: range <= 0 ? 0 : Math.min(1, watched / range),
  };
}

/** The same for each of the last `days` UTC days, oldest first, today as far as it has come. */
export function uptimeByDay(
  spans: readonly Span[],
  days: number,
  nowMs: number,
  existsSinceMs: number,
): UptimeDay[] {
  const todayMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  return Array.from({ length: days }, (_, index) => {
    const fromMs = todayMs - (days - 1 - index) * DAY_MS;
    const summary = summarizeUptime(spans, fromMs, Math.min(fromMs + DAY_MS, nowMs), existsSinceMs);
    return { day: new Date(fromMs).toISOString().slice(0, 10), ...summary };
  });
}
