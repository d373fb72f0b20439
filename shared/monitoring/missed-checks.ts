import type { Span } from './uptime.ts';

/**
 * How many checks were due and never made in each step of a range: what a monitor's regions would have made while its
 * state was `unknown`.
 *
 * @param monitor with the interval and the regions it has now; what it had then is not kept
 * @returns one figure a step, the first step first
 */
export function missedChecks(
  spans: readonly Span[],
  range: { fromMs: number; toMs: number; stepMs: number },
  monitor: { intervalSeconds: number; regions: number },
  nowMs: number,
): number[] {
  const { fromMs, toMs, stepMs } = range;
  const silentMs = new Array<number>(Math.ceil((toMs - fromMs) / stepMs)).fill(0);
  for (const span of spans) {
    if (span.state !== 'unknown') continue;
    const endMs = Math.min(span.toMs ?? nowMs, toMs);
    for (let atMs = Math.max(span.fromMs, fromMs); atMs < endMs; ) {
      const step = Math.floor((atMs - fromMs) / stepMs);
      const untilMs = Math.min(endMs, fromMs + (step + 1) * stepMs);
      silentMs[step] = (silentMs[step] ?? 0) + untilMs - atMs;
      atMs = untilMs;
    }
  }
  // Rounded over the whole range: an interval may be longer than a step.
  const rounds = (ms: number) => Math.round(ms / (monitor.intervalSeconds * 1000));
  let beforeMs = 0;
  return silentMs.map((ms) => {
    const missed = rounds(beforeMs + ms) - rounds(beforeMs);
    beforeMs += ms;
    return missed * monitor.regions;
  });
}
