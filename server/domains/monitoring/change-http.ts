import { isDeepStrictEqual } from 'node:util';
import type { UpdateMonitorInput } from '../../../shared/monitoring/monitor-input.ts';
import type { TargetGuard } from '../../../shared/network/target-guard.ts';
import type { Tenant } from '../../database/tenant.ts';
import { invalidField } from '../../refusal.ts';
import { completeHttp } from './complete-http.ts';
import type { MonitorRow } from './monitor-rows.ts';
import { readStoredHttp } from './read-stored-http.ts';
import { storeHttp } from './store-http.ts';

const LOST =
  'What was stored cannot be read any more: the server lacks the key. Give the body anew, or null for none.';

type HttpColumns = Pick<MonitorRow, 'http' | 'sealed' | 'sealedWith'>;

/**
 * How a monitor asks from now on; what is not given stays. Sealed anew the same secrets are other bytes, so where nothing
 * changes the row is left as it is.
 *
 * @throws Refusal `invalid_input` at each secret that has to be given, `target_not_allowed` for a token endpoint
 */
export function changeHttp(
  tenant: Tenant,
  guard: TargetGuard,
  before: MonitorRow,
  asked: { target: string; http: UpdateMonitorInput['http'] },
): HttpColumns {
  const { http, sealed, sealedWith } = before;
  const unchanged = { http, sealed, sealedWith };
  const isSameServer = new URL(asked.target).origin === new URL(before.target).origin;
  if (asked.http === undefined && isSameServer) return unchanged;
  const former = { ...readStoredHttp(tenant, before), target: before.target };
  // The key may come back: until somebody says what is to be sent, what may be there is not given up.
  if (former.spec === null && asked.http?.body === undefined) throw invalidField('http.body', LOST);
  const given = Object.entries(asked.http ?? {}).filter(([, value]) => value !== undefined);
  const settings = { ...former.settings, ...Object.fromEntries(given) };
  const after = completeHttp(guard, { target: asked.target, http: settings }, former);
  return isDeepStrictEqual(after, former.spec) ? unchanged : storeHttp(tenant, before.id, after);
}
