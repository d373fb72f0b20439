import { type Accessor, createEffect, on, onCleanup } from 'solid-js';
import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import { queries } from '../../../api/queries.ts';
import { useLive } from '../../../ui/shell/live-context.ts';

/** Charts and uptime are asked for again at most this often, however often a monitor is checked; a turn is shown at once. */
const EVERY_MS = 15_000;

/** Keeps what is computed from many checks current: latency, uptime, the last failure. */
export function useFreshFigures(monitor: Accessor<Monitor>): void {
  const live = useLive();
  let refreshedAtMs = Date.now();
  let dueAtMs = Number.POSITIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const refresh = () => {
    const { id: monitorId } = monitor();
    dueAtMs = Number.POSITIVE_INFINITY;
    refreshedAtMs = Date.now();
    void queries.results.series.invalidate({ monitorId });
    void queries.uptime.invalidate();
    void queries.results.lastFailure.invalidate({ monitorId });
    void queries.certificates.list.invalidate({ monitorId });
  };
  /** What is to be asked for sooner stays so: a check never puts off what a turn wanted at once. */
  const refreshAt = (atMs: number) => {
    if (atMs >= dueAtMs) return;
    dueAtMs = atMs;
    clearTimeout(timer);
    timer = setTimeout(refresh, Math.max(0, atMs - Date.now()));
  };

  createEffect(
    on(
      () => monitor().id,
      (monitorId) => onCleanup(live.watch(monitorId, () => refreshAt(refreshedAtMs + EVERY_MS))),
    ),
  );
  createEffect(
    on(
      () => [monitor().stateSince, monitor().flappingSince],
      () => {
        void queries.stateChanges.list.invalidate({ monitorId: monitor().id });
        refreshAt(Date.now());
      },
      { defer: true },
    ),
  );
  onCleanup(() => clearTimeout(timer));
}
