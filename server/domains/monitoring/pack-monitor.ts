import { HOUR_MS } from '../../../shared/monitoring/packed-results.ts';
import type { Tenant } from '../../database/tenant.ts';
import type { Transaction } from '../../database/transaction.ts';
import { lockForPacking } from './monitor-rows.ts';
import { listPacks, type Pack, writePacks } from './packed-result-rows.ts';
import { oldestRawResult, takeRawResults } from './raw-result-rows.ts';
import { rollUp } from './roll-up.ts';
import { listRolledUpHours } from './rollup-rows.ts';

/** Hours of one transaction: some ten thousand results of a monitor that is checked every ten seconds from many regions. */
const HOURS_A_TRANSACTION = 6;

/**
 * Packs a monitor's raw results of before `beforeMs`, the begin of an hour, a few hours a transaction. In it results
 * leave their table, join the packs of their hours, and those hours are rolled up anew: killed in the middle nothing has
 * happened. The monitor's row is locked meanwhile, so that two who pack it do so one after the other. A result
 * that is in a pack already changes nothing: the first of a slot stands.
 */
export async function packMonitor(tenant: Tenant, monitorId: string, beforeMs: number): Promise<void> {
  let isDone = false;
  while (!isDone) {
    isDone = await tenant.transaction((tx) => packStretch(tx, tenant.id, monitorId, beforeMs));
  }
}

/** @returns whether nothing is left to pack */
async function packStretch(
  tx: Transaction,
  tenantId: string,
  monitorId: string,
  beforeMs: number,
): Promise<boolean> {
  const monitor = await lockForPacking(tx, monitorId);
  if (monitor === null) return true;
  const oldestMs = await oldestRawResult(tx, monitorId, beforeMs);
  if (oldestMs === null) return true;
  const fromMs = hourOf(oldestMs);
  const stretch = { fromMs, toMs: Math.min(fromMs + HOURS_A_TRANSACTION * HOUR_MS, beforeMs) };
  const taken = await takeRawResults(tx, monitorId, stretch);
  const packs = new Packs(await listPacks(tx, monitorId, stretch));
  const open = new Set(await openHours(tx, monitorId, stretch, packs));
  for (const { region, ...result } of taken) {
    if (open.has(hourOf(result.slotMs))) packs.add(region, result);
  }
  await writePacks(tx, { tenantId, monitorId }, packs.changed());
  await rollUp(tx, { tenantId, monitorId, createdAtMs: monitor.createdAt.getTime() }, packs.changedHours());
  return stretch.toMs === beforeMs;
}

/**
 * The hours that can take results. One that was rolled up and has no packs any more is past the organization's retention:
 * what comes for it now could only spoil the sum of what is gone.
 */
async function openHours(
  tx: Transaction,
  monitorId: string,
  stretch: { fromMs: number; toMs: number },
  packs: Packs,
): Promise<number[]> {
  const rolledUp = new Set(await listRolledUpHours(tx, monitorId, stretch));
  const hours: number[] = [];
  for (let hourMs = stretch.fromMs; hourMs < stretch.toMs; hourMs += HOUR_MS) {
    if (packs.has(hourMs) || !rolledUp.has(hourMs)) hours.push(hourMs);
  }
  return hours;
}

const hourOf = (instantMs: number) => Math.floor(instantMs / HOUR_MS) * HOUR_MS;

/** The packs of a stretch of time, by hour and region, and which of them have changed. */
class Packs {
  readonly #hours = new Map<number, Map<string, Map<number, Pack['results'][number]>>>();
  readonly #changed = new Map<number, Set<string>>();

  constructor(packs: readonly Pack[]) {
    for (const { hourMs, region, results } of packs) {
      for (const result of results) this.#slots(hourMs, region).set(result.slotMs, result);
    }
  }

  has(hourMs: number): boolean {
    return this.#hours.has(hourMs);
  }

  add(region: string, result: Pack['results'][number]): void {
    const hourMs = hourOf(result.slotMs);
    const slots = this.#slots(hourMs, region);
    if (slots.has(result.slotMs)) return;
    slots.set(result.slotMs, result);
    const regions = this.#changed.get(hourMs) ?? new Set();
    this.#changed.set(hourMs, regions.add(region));
  }

  changed(): Pack[] {
    return [...this.#changed].flatMap(([hourMs, regions]) =>
      [...regions].map((region) => ({ hourMs, region, results: [...this.#slots(hourMs, region).values()] })),
    );
  }

  /** Each hour that has changed, with the results of all its regions. */
  changedHours(): Pick<Pack, 'hourMs' | 'results'>[] {
    return [...this.#changed.keys()].map((hourMs) => ({
      hourMs,
      results: [...(this.#hours.get(hourMs)?.values() ?? [])].flatMap((slots) => [...slots.values()]),
    }));
  }

  #slots(hourMs: number, region: string): Map<number, Pack['results'][number]> {
    const regions = this.#hours.get(hourMs) ?? new Map();
    this.#hours.set(hourMs, regions);
    const slots = regions.get(region) ?? new Map();
    regions.set(region, slots);
    return slots;
  }
}
