import type { FinishedCheck } from './record-results.ts';

/** An instant as Postgres reads it. @param epochMs epoch milliseconds */
export const instant = (epochMs: number) => new Date(epochMs).toISOString();

/** An array as Postgres reads it, quoted: a region may be called `null`. What comes here holds no quote and no backslash. */
export const arrayOf = (items: readonly (string | number | null)[]) =>
  `{${items.map((item) => (item === null ? 'NULL' : `"${item}"`)).join(',')}}`;

/** Organization, monitor, region and slot of each, a column an array. */
export function keysOf(batch: readonly FinishedCheck[]): string[] {
  return [
    arrayOf(batch.map(({ check }) => check.tenantId)),
    arrayOf(batch.map(({ check }) => check.monitorId)),
    arrayOf(batch.map(({ check }) => check.region)),
    arrayOf(batch.map(({ check }) => instant(check.slotMs))),
  ];
}
