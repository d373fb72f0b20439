/** What each plan allows; null is no limit. One table for server and client, so that the UI says it before the server must. */
export const PLANS = {
  free: { title: 'Free', monitors: 3, minimumIntervalSeconds: 60, regions: 1, retentionDays: 7 },
  pro: { title: 'Pro', monitors: null, minimumIntervalSeconds: 10, regions: null, retentionDays: 90 },
} as const satisfies Record<string, PlanLimits & { title: string }>;

export type PlanLimits = {
  monitors: number | null;
  minimumIntervalSeconds: number;
  regions: number | null;
  retentionDays: number;
};

export type PlanName = keyof typeof PLANS;

export type PlanBreach = { limitOf: 'monitors' | 'interval' | 'regions'; limit: number; sentence: string };

/**
 * What a monitor, once added to `monitorsBefore` others, would break of the plan; null when it fits. Pure: the
 * server asks it inside the transaction that locked the organization's row, the client before a person tries.
 */
export function breachOfPlan(
  plan: PlanName,
  wanted: { monitorsBefore: number; intervalSeconds: number; regions: number },
): PlanBreach | null {
  const limits: PlanLimits = PLANS[plan];
  const title = PLANS[plan].title;
  if (limits.monitors !== null && wanted.monitorsBefore >= limits.monitors) {
    return {
      limitOf: 'monitors',
      limit: limits.monitors,
      sentence: `The ${title} plan has ${limits.monitors} monitors, and all are in use. Delete one, or upgrade to Pro for as many as you like.`,
    };
  }
  if (wanted.intervalSeconds < limits.minimumIntervalSeconds) {
    return {
      limitOf: 'interval',
      limit: limits.minimumIntervalSeconds,
      sentence: `The ${title} plan checks every ${limits.minimumIntervalSeconds} seconds at most. Choose a longer interval, or upgrade to Pro for every 10 seconds.`,
    };
  }
  if (limits.regions !== null && wanted.regions > limits.regions) {
    return {
      limitOf: 'regions',
      limit: limits.regions,
      sentence: `The ${title} plan checks from ${limits.regions} region. Choose one, or upgrade to Pro for all of them.`,
    };
  }
  return null;
}
