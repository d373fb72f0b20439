import type { PlanLimits } from '../billing/plans.ts';
import { defaultTimeoutMs } from './monitor-input.ts';

/** Of a monitor that a smaller plan slowed down or called home: what is given back. A part that is null was not taken. */
export type BeforePlan = {
  interval: { intervalSeconds: number; timeoutMs: number } | null;
  regions: { regions: string[]; quorum: number | null } | null;
};

/** What of a monitor a plan limits, what goes along with that, and what is held back of it. */
export type PlanSettings = {
  intervalSeconds: number;
  timeoutMs: number;
  regions: string[];
  quorum: number | null;
  beforePlan: BeforePlan | null;
};
type Limits = Pick<PlanLimits, 'minimumIntervalSeconds' | 'regions'>;
type Region = { name: string; served: boolean };

/**
 * A monitor's settings under a plan. What it had before a smaller one is given back as far as this one allows it; what is more
 * than this one allows is held back. Where nothing is to be done they come back equal, so it may be asked again at any time.
 *
 * @param known every region there is: who must leave some stays with those that are served
 */
export function settingsUnder(
  limits: Limits,
  { intervalSeconds, timeoutMs, regions, quorum, beforePlan }: PlanSettings,
  known: readonly Region[],
): PlanSettings {
  const pace = intervalUnder(limits, { intervalSeconds, timeoutMs }, beforePlan?.interval ?? null);
  const places = regionsUnder(limits, { regions, quorum }, beforePlan?.regions ?? null, known);
  return { ...pace.now, ...places.now, beforePlan: heldParts(pace.held, places.held) };
}

type Pace = NonNullable<BeforePlan['interval']>;

function intervalUnder({ minimumIntervalSeconds: least }: Limits, now: Pace, held: Pace | null) {
  const wanted = held ?? now;
  if (wanted.intervalSeconds >= least) return { now: wanted, held: null };
  if (now.intervalSeconds >= least) return { now, held };
  // A deadline that follows from the interval goes on doing so.
  const wasDefault = wanted.timeoutMs === defaultTimeoutMs(wanted.intervalSeconds);
  const timeoutMs = wasDefault ? defaultTimeoutMs(least) : wanted.timeoutMs;
  return { now: { intervalSeconds: least, timeoutMs }, held: wanted };
}

type Places = NonNullable<BeforePlan['regions']>;

function regionsUnder(
  { regions: most }: Limits,
  now: Places,
  held: Places | null,
  known: readonly Region[],
): { now: Places; held: Places | null } {
  const wanted = held ?? now;
  if (most === null || wanted.regions.length <= most) return { now: wanted, held: null };
  if (now.regions.length <= most) return { now, held };
  const served = known.filter((region) => region.served).map((region) => region.name);
  const best = wanted.regions.filter((region) => served.includes(region));
  const regions = (best.length > 0 ? best : wanted.regions).slice(0, most);
  return { now: { regions, quorum: quorumOf(wanted.quorum, regions) }, held: wanted };
}

/**
 * What is still held back of a monitor that a person edits: not what they set themselves. A deadline or a quorum of theirs goes along
 * with what is given back, where it fits.
 */
export function heldAfterEdit(before: PlanSettings, after: PlanSettings): BeforePlan | null {
  const { interval, regions } = before.beforePlan ?? { interval: null, regions: null };
  return heldParts(
    interval === null || before.intervalSeconds !== after.intervalSeconds
      ? null
      : { ...interval, timeoutMs: deadlineToKeep(interval, before, after) },
    regions === null || !sameRegions(before.regions, after.regions)
      ? null
      : { ...regions, quorum: before.quorum === after.quorum ? regions.quorum : after.quorum },
  );
}

/** What is held back of a monitor that is not to be checked from a region any more. */
export function heldWithout(held: BeforePlan, region: string): BeforePlan | null {
  if (held.regions === null) return held;
  const regions = held.regions.regions.filter((name) => name !== region);
  const left = regions.length === 0 ? null : { regions, quorum: quorumOf(held.regions.quorum, regions) };
  return heldParts(held.interval, left);
}

function deadlineToKeep(held: Pace, before: PlanSettings, after: PlanSettings): number {
  const edited = before.timeoutMs !== after.timeoutMs;
  return edited && after.timeoutMs < held.intervalSeconds * 1000 ? after.timeoutMs : held.timeoutMs;
}

const heldParts = (interval: BeforePlan['interval'], regions: BeforePlan['regions']): BeforePlan | null =>
  interval === null && regions === null ? null : { interval, regions };

const quorumOf = (quorum: number | null, regions: string[]): number | null =>
  quorum === null ? null : Math.min(quorum, regions.length);

/** The same regions in another order are the same regions. */
export function sameRegions(before: readonly string[], after: readonly string[]): boolean {
  return before.length === after.length && before.every((region) => after.includes(region));
}
