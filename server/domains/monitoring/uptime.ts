import {
  RANGE_SECONDS,
  type Range,
  type UptimeDay,
  type UptimeSummary,
} from '../../../shared/monitoring/history.ts';
import { summarizeUptime, uptimeByDay } from '../../../shared/monitoring/uptime.ts';
import type { Tenant } from '../../database/tenant.ts';
import { notFound } from '../../refusal.ts';
import { readMonitorRow } from './monitor-rows.ts';
import { listSpans } from './span-rows.ts';

const DAY_MS = 86_400_000;

async function spansSince(tenant: Tenant, monitorId: string, fromMs: number) {
  return tenant.transaction(async (tx) => {
    const monitor = await readMonitorRow(tx, monitorId);
    if (monitor === null) throw notFound('monitor');
    return { createdAtMs: monitor.createdAt.getTime(), spans: await listSpans(tx, monitorId, fromMs) };
  });
}

/** Uptime over a range that ends now. @throws Refusal `not_found` */
export async function uptimeSummary(
  tenant: Tenant,
  input: { monitorId: string; range: Range },
): Promise<UptimeSummary> {
  const nowMs = Date.now();
  const fromMs = nowMs - RANGE_SECONDS[input.range] * 1000;
  const { createdAtMs, spans } = await spansSince(tenant, input.monitorId, fromMs);
  return summarizeUptime(spans, fromMs, nowMs, createdAtMs);
}

/** Uptime of each of the last `days` UTC days, oldest first, today included. @throws Refusal `not_found` */
export async function uptimeDays(
  tenant: Tenant,
  input: { monitorId: string; days: number },
): Promise<UptimeDay[]> {
  const nowMs = Date.now();
  const fromMs = Math.floor(nowMs / DAY_MS) * DAY_MS - (input.days - 1) * DAY_MS;
  const { createdAtMs, spans } = await spansSince(tenant, input.monitorId, fromMs);
  return uptimeByDay(spans, input.days, nowMs, createdAtMs);
}
