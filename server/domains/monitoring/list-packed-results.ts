import type { Result } from '../../../shared/checks/check-result.ts';
import type { Outcome } from '../../../shared/checks/outcome.ts';
import { HOUR_MS } from '../../../shared/monitoring/packed-results.ts';
import type { Transaction } from '../../database/transaction.ts';
import { listNewestPacks, type Pack } from './packed-result-rows.ts';
import type { ResultPosition } from './result-rows.ts';

/** Hours opened at once: two are a page at an interval of a minute. */
const HOURS = 2;

/** Packed results of a monitor, newest first, behind `after`; `from` included, `to` not. As `listResultRows` of raw ones. */
export async function listPackedResults(
  tx: Transaction,
  monitorId: string,
  filter: {
    from: string;
    to: string | null;
    outcome: Outcome | undefined;
    after: ResultPosition | null;
    limit: number;
  },
): Promise<Result[]> {
  const { from, to, outcome, after, limit } = filter;
  const isWanted = (result: Result) =>
    result.slotAt >= from &&
    (to === null || result.slotAt < to) &&
    (outcome === undefined || result.outcome === outcome) &&
    (after === null || isBehind(result, after));
  const fromMs = hourOf(Date.parse(from));
  let throughMs = Math.min(
    hourOf(to === null ? Number.POSITIVE_INFINITY : Date.parse(to)),
    hourOf(after === null ? Number.POSITIVE_INFINITY : Date.parse(after.slotAt)),
    hourOf(Date.now()),
  );
  const found: Result[] = [];
  while (found.length < limit && throughMs >= fromMs) {
    const packs = await listNewestPacks(tx, monitorId, { fromMs, throughMs, hours: HOURS, outcome });
    const oldest = packs.at(-1);
    if (oldest === undefined) break;
    found.push(...packs.flatMap(resultsOf).filter(isWanted).sort(newestFirst));
    throughMs = oldest.hourMs - HOUR_MS;
  }
  return found.slice(0, limit);
}

const hourOf = (instantMs: number) => Math.floor(instantMs / HOUR_MS) * HOUR_MS;

function resultsOf({ region, results }: Pack): Result[] {
  return results.map(({ slotMs, checkedMs, ...finding }) => ({
    slotAt: new Date(slotMs).toISOString(),
    checkedAt: new Date(checkedMs).toISOString(),
    region,
    ...finding,
  }));
}

/** Instants are ISO 8601 with milliseconds: as texts they stand in the order of time. */
const isBehind = (result: ResultPosition, other: ResultPosition) =>
  result.slotAt < other.slotAt || (result.slotAt === other.slotAt && result.region < other.region);

const newestFirst = (a: ResultPosition, b: ResultPosition) => (isBehind(a, b) ? 1 : isBehind(b, a) ? -1 : 0);
