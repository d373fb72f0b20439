import type { Monitor } from '../../shared/monitoring/monitor.ts';
import type { MonitorState } from '../../shared/monitoring/monitor-state.ts';
import { eventually } from './eventually.ts';
import type { TestDatabase } from './test-database.ts';
import type { Persona } from './world.ts';

/** What a test about states asks again and again, of one organization's monitors. */
export function watchMonitors(database: TestDatabase, owner: Persona) {
  let made = 0;
  const get = (monitorId: string) => owner.call('monitors.get', { monitorId });
  return {
    get,
    /** A new monitor at an address of its own, checked from the region `local`. */
    create: (more: Record<string, unknown> = {}): Promise<Monitor> => {
      made += 1;
      const target = `https://example.com/${made}`;
      const input = { name: `M${made}`, kind: 'http' as const, target, regions: ['local'], ...more };
      return owner.call('monitors.create', input);
    },
    /** Waits until a monitor is in a state. */
    becomes: (monitorId: string, state: MonitorState) =>
      eventually(async () => {
        const monitor = await get(monitorId);
        if (monitor.state !== state) throw new Error(`It is ${monitor.state}, and was to become ${state}.`);
        return monitor;
      }),
    /** Waits until no decision about a monitor is under way or waiting. */
    settled: (monitorId: string) =>
      eventually(async () => {
        const jobs = await database.admin(
          `select 1 from pgboss.job where name = 'monitoring.decide' and state < 'completed' and data ->> 'monitorId' = $1`,
          [monitorId],
        );
        return jobs.length === 0;
      }),
    changes: (monitorId: string) =>
      database.admin<{ from_state: string; to_state: string; at: Date; code: string | null }>(
        'select from_state, to_state, at, code from state_changes where monitor_id = $1 order by recorded_at',
        [monitorId],
      ),
    spans: (monitorId: string) =>
      database.admin<{ state: string; from_at: Date; to_at: Date | null }>(
        'select state, from_at, to_at from state_spans where monitor_id = $1 order by from_at',
        [monitorId],
      ),
  };
}
