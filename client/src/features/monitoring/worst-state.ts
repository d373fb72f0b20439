import type { MonitorState } from '../../../../shared/monitoring/monitor-state.ts';

/** What a person should notice from another tab, worst first. A paused or new monitor is no trouble. */
const TROUBLES = ['down', 'unknown', 'degraded'] as const satisfies MonitorState[];

/** The worst state that any monitor is in, when that state is trouble; null when all is well. */
export function worstStateOf(counts: Record<MonitorState, number>): (typeof TROUBLES)[number] | null {
  return TROUBLES.find((state) => counts[state] > 0) ?? null;
}
