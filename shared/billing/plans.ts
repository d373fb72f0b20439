import type { LimitedResource } from '../error-reason.ts';

/** What a plan allows; null is no limit. */
export type PlanLimits = {
  monitors: number | null;
  minimumIntervalSeconds: number;
  regions: number | null;
  members: number | null;
  /** Where alerts go. */
  channels: number | null;
  /** For how many days single results are kept, and shown. */
  retentionDays: number;
};

/** What each plan allows. One table for server and client, so that the UI says it before the server must. */
export const PLANS = {
  free: {
    title: 'Free',
    monitors: 3,
    minimumIntervalSeconds: 60,
    regions: 1,
    members: null,
    channels: null,
    retentionDays: 7,
  },
  pro: {
    title: 'Pro',
    monitors: null,
    minimumIntervalSeconds: 10,
    regions: null,
    members: null,
    channels: null,
    retentionDays: 90,
  },
} as const satisfies Record<string, PlanLimits & { title: string }>;

export type PlanName = keyof typeof PLANS;

export type PlanBreach = { limitOf: LimitedResource; limit: number; sentence: string };

/** What somebody is about to have; of what is counted, how many there are before. What is not given is not asked about. */
export type Wanted = {
  monitorsBefore?: number;
  intervalSeconds?: number;
  regions?: number;
  membersBefore?: number;
  channelsBefore?: number;
};

/**
 * What of all that is wanted a plan does not allow; null when it fits. Pure: the server asks it inside the transaction that locked
 * the organization's row, the client before a person tries.
 */
export function breachOfPlan(plan: PlanName, wanted: Wanted): PlanBreach | null {
  return breachOfLimits(PLANS[plan], plan === 'free', wanted);
}

/** Why a monitor rests that was checked on a larger plan. */
export function restsForPlan(plan: PlanName): string {
  const { title, monitors }: PlanLimits & { title: string } = PLANS[plan];
  return `Over the ${title} plan's ${monitors} monitors.`;
}

/** The same for any limits. @param canUpgrade whether there is a plan that allows more */
export function breachOfLimits(
  limits: PlanLimits & { title: string },
  canUpgrade: boolean,
  wanted: Wanted,
): PlanBreach | null {
  const { title, monitors, members, channels, minimumIntervalSeconds, regions } = limits;
  const or = (upgrade: string) => (canUpgrade ? `, or upgrade to Pro for ${upgrade}.` : '.');
  const full = (limitOf: LimitedResource, limit: number | null, before: number | undefined) =>
    limit === null || before === undefined || before < limit
      ? null
      : {
          limitOf,
          limit,
          sentence: `The ${title} plan has ${limit} ${limitOf}, and all are in use. Delete one${or('as many as you like')}`,
        };
  const breach =
    full('monitors', monitors, wanted.monitorsBefore) ??
    full('members', members, wanted.membersBefore) ??
    full('channels', channels, wanted.channelsBefore);
  if (breach !== null) return breach;
  if (wanted.intervalSeconds !== undefined && wanted.intervalSeconds < minimumIntervalSeconds) {
    return {
      limitOf: 'interval',
      limit: minimumIntervalSeconds,
      sentence: `The ${title} plan checks every ${minimumIntervalSeconds} seconds at most. Choose a longer interval${or('every 10 seconds')}`,
    };
  }
  if (regions !== null && wanted.regions !== undefined && wanted.regions > regions) {
    return {
      limitOf: 'regions',
      limit: regions,
      sentence: `The ${title} plan checks from ${regions} ${regions === 1 ? 'region. Choose one' : 'regions. Choose fewer'}${or('all of them')}`,
    };
  }
  return null;
}
