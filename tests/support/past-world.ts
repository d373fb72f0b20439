import { keepHistory } from '../../server/domains/monitoring/keep-history.ts';
import type { Result } from '../../shared/checks/check-result.ts';
import { HOUR_MS } from '../../shared/monitoring/packed-results.ts';
import { fillMonitors } from './fill.ts';
import type { PastResult } from './past-results.ts';
import { openWorld, type Persona, type World } from './world.ts';

const DAY_MS = 24 * HOUR_MS;

export type PastWorld = World & {
  /** The hour in which the file was begun: one that ends in the middle of it moves nothing. */
  thisHourMs: number;
  /** A monitor of Acme, unless told otherwise, that is sixty days old and has no results. */
  newMonitor: (owner?: Persona) => Promise<{ tenantId: string; monitorId: string }>;
  /** Packs and forgets as the job does, for an organization alone. */
  keep: (owner?: Persona) => Promise<void>;
  countOf: (table: string, monitorId: string) => Promise<number>;
  /** Every page of Alice's results, one after the other. */
  listAll: (
    monitorId: string,
    filter?: { from?: string; to?: string; outcome?: 'down' },
    limit?: number,
  ) => Promise<Result[]>;
  /** Every ten minutes of four days, from two regions; now and then a failure with its verification. */
  fourDays: () => PastResult[];
};

/** The world, with Acme on the Pro plan and ways to give its monitors a past. */
export async function openPastWorld(): Promise<PastWorld> {
  const world = await openWorld();
  const { alice, database, server } = world;
  await world.setPlan(alice.tenant, 'pro');
  const nowMs = Date.now();
  const thisHourMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  return {
    ...world,
    thisHourMs,
    async newMonitor({ tenant } = alice) {
      const createdAt = new Date(nowMs - 60 * DAY_MS);
      const [monitorId = ''] = await fillMonitors(database, tenant, [{ createdAt }]);
      return { tenantId: tenant.id, monitorId };
    },
    keep: ({ tenant } = alice) => keepHistory(server.services.tenant(tenant.id), nowMs),
    async countOf(table, monitorId) {
      const [row] = await database.admin<{ count: number }>(
        `select count(*)::int as count from ${table} where monitor_id = $1`,
        [monitorId],
      );
      return row?.count ?? Number.NaN;
    },
    async listAll(monitorId, filter = {}, limit = 50) {
      const items: Result[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: Result[]; nextCursor: string | null } = await alice.call('results.list', {
          monitorId,
          ...filter,
          limit,
          cursor,
        });
        items.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return items;
    },
    fourDays() {
      const results: PastResult[] = [];
      for (let slotMs = thisHourMs - 4 * DAY_MS + 123_456; slotMs < thisHourMs; slotMs += 10 * 60_000) {
        const index = Math.floor(slotMs / 600_000);
        const outcome =
          index % 41 === 0 ? 'down' : index % 29 === 0 ? 'degraded' : index % 67 === 0 ? 'void' : 'up';
        for (const region of ['eu-west', 'eua']) results.push({ slotAt: new Date(slotMs), region, outcome });
        if (outcome !== 'down') continue;
        results.push({ slotAt: new Date(slotMs + 777), region: 'eua', outcome, verification: true });
      }
      return results;
    },
  };
}
