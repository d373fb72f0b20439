import type pg from 'pg';
import { certificateOf } from './certificate-of.ts';
import { exchangeOf } from './exchange-of.ts';
import type { History, PastResult } from './history.ts';
import type { DemoService } from './services.ts';
import type { DemoMonitor } from './write-history.ts';

/** The instants that evidence and certificates are made from: the monitor's own address, and when the demo was made. */
export type DemoMoment = { target: string; madeAtMs: number };

/**
 * Writes what the checks that changes rest on sent and got, and of a monitor that is not up the newest check, as the role
 * that records it. @param changeIds of each change, in the order of the spans behind the first
 */
export async function writeEvidence(
  prober: pg.Client,
  monitor: DemoMonitor,
  service: DemoService,
  history: History,
  changeIds: readonly string[],
  moment: DemoMoment,
): Promise<void> {
  const [, ...changes] = history.spans;
  for (const [index, change] of changes.entries()) {
    for (const [before, attempt] of change.attempts.entries()) {
      const streak = change.attempts.slice(0, before + 1).filter(({ region }) => region === attempt.region);
      await insertAttempt(prober, monitor, attempt, {
        streak: streak.length,
        changeId: changeIds[index] ?? null,
        exchange: exchangeOf(service, moment.target, attempt.slotMs, moment.madeAtMs),
      });
    }
  }
  const newest = history.results.findLast(({ region }) => region === monitor.region);
  if (newest === undefined || newest.outcome === 'up' || newest.verification) return;
  await insertAttempt(prober, monitor, newest, {
    // A failure that goes on is kept anew by each that repeats it.
    streak: 7,
    changeId: null,
    exchange: exchangeOf(service, moment.target, newest.slotMs, moment.madeAtMs),
  });
}

async function insertAttempt(
  prober: pg.Client,
  monitor: DemoMonitor,
  attempt: PastResult,
  { streak, changeId, exchange }: { streak: number; changeId: string | null; exchange: object },
): Promise<void> {
  const { region, slotMs, verification, ...finding } = attempt;
  await prober.query(
    `insert into check_evidence
        (tenant_id, monitor_id, slot_at, region, checked_at, verification, streak, finding, exchange, state_change_id)
      values ($1, $2, to_timestamp($3::float8 / 1000), $4, to_timestamp(($3::float8 + 1) / 1000), $5, $6, $7, $8, $9)
      on conflict do nothing`,
    [
      ...[monitor.tenantId, monitor.id, slotMs, region, verification, streak],
      ...[JSON.stringify(finding), JSON.stringify(exchange), changeId],
    ],
  );
}

/** Writes the certificate that the monitor's region saw last, where its target speaks TLS and was ever checked. */
export async function writeCertificate(
  prober: pg.Client,
  monitor: DemoMonitor,
  service: DemoService,
  history: History,
  { madeAtMs }: DemoMoment,
): Promise<void> {
  const lastMs = history.results.at(-1)?.slotMs;
  const certificate = lastMs === undefined ? null : certificateOf(service, lastMs, madeAtMs);
  if (certificate === null) return;
  const firstSeenMs = Math.max(history.createdMs, Date.parse(certificate.validFrom));
  await prober.query(
    `insert into monitor_certificates (tenant_id, monitor_id, region, certificate, valid_to, first_seen_at, last_seen_at)
      values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000), to_timestamp($7::float8 / 1000))`,
    [
      ...[monitor.tenantId, monitor.id, monitor.region, JSON.stringify(certificate), certificate.validTo],
      ...[firstSeenMs, lastMs],
    ],
  );
}
