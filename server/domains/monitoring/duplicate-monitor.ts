import { randomUUID } from 'node:crypto';
import type { Tenant } from '../../database/tenant.ts';
import { notFound, Refusal } from '../../refusal.ts';
import { type Actor, writeAudit } from '../audit/write-audit.ts';
import type { StoredMonitor } from './answer-monitor.ts';
import { assertWithinPlan } from './assert-within-plan.ts';
import { auditedSettings } from './audited-settings.ts';
import { findMonitor, insertMonitor, readMonitorRow, takenTargets } from './monitor-rows.ts';
import { readStoredHttp } from './read-stored-http.ts';
import { refuseDuplicateTarget } from './refuse-duplicate-target.ts';
import { storeHttp } from './store-http.ts';

const MOST_COPIES = 100;
const LOST =
  'The secrets of this monitor are sealed with a key that the server does not have, so it cannot be copied.';

/**
 * Copies a monitor with all its settings. A target is unique, so the copy's gets `copy=2` (or the next free number) in
 * its query; it starts paused, so that nothing asks that address before a person has put the right one in.
 *
 * @throws Refusal `not_found`, `plan_limit_reached`, `duplicate_target` after a hundred copies, `conflict` when the key of
 * its secrets is not there
 */
export async function duplicateMonitor(
  tenant: Tenant,
  actor: Actor,
  monitorId: string,
): Promise<StoredMonitor> {
  return refuseDuplicateTarget(() =>
    tenant.transaction(async (tx) => {
      const original = await readMonitorRow(tx, monitorId);
      if (original === null) throw notFound('monitor');
      await assertWithinPlan(tx, tenant.id, {
        adds: 'monitor',
        intervalSeconds: original.intervalSeconds,
        regions: original.regions.length,
      });
      const http = readStoredHttp(tenant, original).spec;
      if (http === null) throw new Refusal('conflict', LOST);
      const candidates = Array.from({ length: MOST_COPIES }, (_, index) =>
        copyOf(original.target, index + 2),
      );
      const taken = new Set(await takenTargets(tx, original.kind, original.http.method, candidates));
      const id = randomUUID();
      const copy = {
        ...original,
        ...storeHttp(tenant, id, http),
        id,
        // Not through the middle of a character that takes two units.
        name: `Copy of ${original.name}`.slice(0, 120).replace(/[\ud800-\udbff]$/, ''),
        target: candidates.find((candidate) => !taken.has(candidate)) ?? original.target,
        beforePlan: null,
      };
      await insertMonitor(tx, copy, 'paused');
      await writeAudit(tx, {
        tenantId: tenant.id,
        actor,
        action: 'monitor.created',
        subject: { kind: 'monitor', id, name: copy.name },
        before: {},
        after: { copyOf: original.name, ...auditedSettings(tenant, copy) },
      });
      const made = await findMonitor(tx, copy.id);
      if (made === null) throw notFound('monitor');
      return made;
    }),
  );
}

function copyOf(target: string, number: number): string {
  const url = new URL(target);
  url.searchParams.set('copy', String(number));
  return url.toString();
}
