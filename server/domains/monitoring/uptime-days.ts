import type { UptimeDay } from '../../../shared/monitoring/history.ts';
import { uptimeByDay } from '../../../shared/monitoring/uptime.ts';
import type { Tenant } from '../../database/tenant.ts';
import { readSpans } from './read-spans.ts';

const DAY_MS = 86_400_000;

/** Uptime of each of the last `days` UTC days, oldest first, today included. @throws Refusal `not_found` */
export async function uptimeDays(
  tenant: Tenant,
  input: { monitorId: string; days: number },
): Promise<UptimeDay[]> {
  const nowMs = Date.now();
  const fromMs = Math.floor(nowMs / DAY_MS) * DAY_MS - (input.days - 1) * DAY_MS;
  const { createdAtMs, spans } = await readSpans(tenant, input.monitorId, fromMs);
  return uptimeByDay(spans, input.days, nowMs, createdAtMs);
}
