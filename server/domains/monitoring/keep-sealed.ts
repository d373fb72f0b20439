import type { Tenant } from '../../database/tenant.ts';
import type { Logger } from '../../log.ts';
import { sweepCheckRequests } from './check-request-rows.ts';
import { readStoredHttp } from './read-stored-http.ts';
import { listUnsealedIds, lockForSealing, sealMonitorRow } from './sealing-rows.ts';
import { storeHttp } from './store-http.ts';

/**
 * Seals with the key that seals now what another one sealed, and what was stored before there were seals; and forgets drafts
 * that nobody waits for. Safe to run twice, and beside whoever edits a monitor. What does not open stays as it is.
 */
export async function keepSealed(tenant: Tenant, log: Logger): Promise<void> {
  const { sealsWith } = tenant.secrets;
  const monitorIds = await tenant.transaction(async (tx) => {
    await sweepCheckRequests(tx);
    return listUnsealedIds(tx, sealsWith);
  });
  const unreadable: string[] = [];
  let sealed = 0;
  for (const monitorId of monitorIds) {
    const outcome = await sealMonitor(tenant, monitorId);
    if (outcome === 'sealed') sealed += 1;
    if (outcome === 'unreadable') unreadable.push(monitorId);
  }
  const about = { tenantId: tenant.id, sealsWith };
  if (sealed > 0) log.info({ event: 'secrets.sealed', ...about, monitors: sealed }, 'secrets sealed anew');
  if (unreadable.length > 0) {
    const [monitorId] = unreadable;
    const monitors = unreadable.length;
    log.warn({ event: 'secrets.key_missing', ...about, monitors, monitorId }, 'secrets do not open');
  }
}

/** Reads the row under its lock, so that nothing is sealed that somebody has just changed. */
function sealMonitor(
  tenant: Tenant,
  monitorId: string,
): Promise<'sealed' | 'unreadable' | 'as it should be'> {
  return tenant.transaction(async (tx) => {
    const row = await lockForSealing(tx, monitorId);
    if (row === null || (row.sealed !== null && row.sealedWith === tenant.secrets.sealsWith)) {
      return 'as it should be';
    }
    const { spec } = readStoredHttp(tenant, row);
    if (spec === null) return 'unreadable';
    const stored = storeHttp(tenant, monitorId, spec);
    if (stored.sealed === null) return 'as it should be';
    await sealMonitorRow(tx, monitorId, stored);
    return 'sealed';
  });
}
