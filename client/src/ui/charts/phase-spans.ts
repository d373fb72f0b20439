import type { Timings } from '../../../../shared/checks/check-result.ts';
import { PHASES, type PhaseKey } from './phases.ts';

export type PhaseSpan = { key: PhaseKey; fill: string; start: number; width: number };

/** Even the shortest phase that came about can be seen. */
const LEAST_PERCENT = 0.6;

/** Where each phase begins and how wide it is, in per cent of a scale; what came about not at all is left out. */
export function phaseSpans(timings: Timings, scaleMs: number): PhaseSpan[] {
  const spans: PhaseSpan[] = [];
  let startMs = 0;
  for (const { key, fill } of PHASES) {
    const ms = timings[key];
    if (ms === null) continue;
    const start = scaleMs > 0 ? (startMs / scaleMs) * 100 : 0;
    const width = scaleMs > 0 ? (ms / scaleMs) * 100 : 0;
    spans.push({
      key,
      fill,
      start: Math.min(start, 100 - LEAST_PERCENT),
      width: Math.max(width, LEAST_PERCENT),
    });
    startMs += ms;
  }
  return spans;
}
