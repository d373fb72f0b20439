import { RANGE_SECONDS, type Range, type UptimeSummary } from '../../../shared/monitoring/history.ts';
import { summarizeUptime } from '../../../shared/monitoring/uptime.ts';
import type { Tenant } from '../../database/tenant.ts';
import { readSpans } from './read-spans.ts';

/** Uptime over a range that ends now. @throws Refusal `not_found` */
export async function uptimeSummary(
  tenant: Tenant,
  input: { monitorId: string; range: Range },
): Promise<UptimeSummary> {
  const nowMs = Date.now();
  const fromMs = nowMs - RANGE_SECONDS[input.range] * 1000;
  const { createdAtMs, spans } = await readSpans(tenant, input.monitorId, fromMs);
  return summarizeUptime(spans, fromMs, nowMs, createdAtMs);
}
