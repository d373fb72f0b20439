import type pg from 'pg';
import type { ExchangeRecord } from '../shared/checks/exchange-record.ts';
import { instant, keysOf } from './batch-columns.ts';
import type { FinishedCheck } from './record-results.ts';

/** A check whose region now has said the same `streak` times in a row. */
export type HeardCheck = { finished: FinishedCheck; streak: number };

/** A failure counts towards a change up to this many in a row: one, and the most retries there are. */
const MOST_ATTEMPTS = 6;
/** A failure that goes on is kept anew this often: the newest is at most so old. */
const RENEW_MS = 60_000;
/** What a batch may add, as JSON. Ten thousand monitors that fail at once with a body each must not fill the database. */
const MAX_BATCH_BYTES = 3 * 1024 * 1024;
/** Of these, so many are for exchanges without their bodies. */
const BODILESS_BYTES = 1024 * 1024;

type Kept = HeardCheck & { exchange: string | null };

/**
 * Keeps what checks sent and got where a decision may rest on it: where a region's outcome turned, verifications, the
 * checks beside them, and the newest failure of each region. A batch that would be too large leaves out failures that
 * repeat what is known first, then bodies of good answers, then other bodies, then all but what was found.
 */
export async function recordEvidence(client: pg.PoolClient, heard: readonly HeardCheck[]): Promise<void> {
  const kept = withinBudget(heard.filter(isKept));
  if (kept.length === 0) return;
  await insertEvidence(client, kept);
  const renewed = kept.filter(isRenewal);
  if (renewed.length > 0) await deleteOlderRenewals(client, renewed);
}

const isBad = ({ finished }: HeardCheck) => finished.finding.outcome !== 'up';

/** It repeats what is known: the failure it renews goes. */
const isRenewal = (heard: HeardCheck) =>
  isBad(heard) && !heard.finished.check.verification && heard.streak > MOST_ATTEMPTS;

function isKept(heard: HeardCheck): boolean {
  return !isRenewal(heard) || heard.streak % Math.ceil(RENEW_MS / heard.finished.check.intervalMs) === 0;
}

/** Puts into words what was sent and came back, the most telling first, until the batch is full. */
function withinBudget(heard: readonly HeardCheck[]): Kept[] {
  const rank = (each: HeardCheck) => (isRenewal(each) ? 2 : isBad(each) ? 0 : 1);
  let left = MAX_BATCH_BYTES;
  return heard
    .toSorted((a, b) => rank(a) - rank(b))
    .flatMap((each) => {
      const { trace = null } = each.finished;
      const exchange = trace === null || left === 0 ? null : withinBytes(trace.toRecord(), left);
      if (exchange !== null) left -= exchange.json.length;
      else if (trace !== null) left = 0;
      // The failure that is there already tells more than this one would.
      if (isRenewal(each) && trace !== null && exchange?.isWhole !== true) return [];
      return [{ ...each, exchange: exchange?.json ?? null }];
    });
}

/** An exchange as JSON of `most` characters at most: without its body where that makes it too long, null if it still is. */
function withinBytes(exchange: ExchangeRecord, most: number): { json: string; isWhole: boolean } | null {
  const whole = toJson(exchange);
  if (whole.length <= most - (exchange.body === null ? 0 : BODILESS_BYTES))
    return { json: whole, isWhole: true };
  if (exchange.body === null) return null;
  const bodiless = toJson({ ...exchange, body: { text: '', isWhole: false } });
  return bodiless.length <= most ? { json: bodiless, isWhole: false } : null;
}

/** JSON that Postgres takes: it knows neither NUL nor half a surrogate pair, and what a target sends may hold both. */
function toJson(value: object): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? part.replaceAll('\0', '\u{FFFD}').toWellFormed() : part,
  );
}

/** `values` and not `unnest`, as with results. A check that stands already stays as it is. */
async function insertEvidence(client: pg.PoolClient, kept: readonly Kept[]): Promise<void> {
  const columns = 9;
  const row = (index: number) =>
    `(${Array.from({ length: columns }, (_, column) => `$${index * columns + column + 1}`).join(',')})`;
  await client.query(
    `insert into check_evidence
      (tenant_id, monitor_id, slot_at, region, checked_at, verification, streak, finding, exchange)
    values ${kept.map((_, index) => row(index)).join(',')} on conflict do nothing`,
    kept.flatMap(({ finished: { check, checkedAtMs, finding }, streak, exchange }) => [
      ...[check.tenantId, check.monitorId, instant(check.slotMs), check.region, instant(checkedAtMs)],
      ...[check.verification, streak, toJson(finding), exchange],
    ]),
  );
}

/** What only renewed an earlier failure, and counted towards no change, gives way to the newest. */
async function deleteOlderRenewals(client: pg.PoolClient, renewed: readonly Kept[]): Promise<void> {
  await client.query({
    name: 'delete-older-renewals',
    text: `delete from check_evidence e
      using unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[]) as v(tenant_id, monitor_id, region, slot_at)
      where e.tenant_id = v.tenant_id and e.monitor_id = v.monitor_id and e.region = v.region and e.slot_at < v.slot_at
        and e.state_change_id is null and not e.verification and e.streak > ${MOST_ATTEMPTS}`,
    values: keysOf(renewed.map(({ finished }) => finished)),
  });
}
