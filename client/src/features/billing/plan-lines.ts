import type { PlanLimits } from '../../../../shared/billing/plans.ts';

/** What of a plan is shown, in this order. A limit is listed once there is something that it limits. */
const LINES: { name: string; of: (limits: PlanLimits) => string }[] = [
  { name: 'Monitors', of: ({ monitors }) => count(monitors) },
  { name: 'Fastest check', of: ({ minimumIntervalSeconds }) => `every ${minimumIntervalSeconds} seconds` },
  { name: 'Regions', of: ({ regions }) => (regions === null ? 'all, at once' : `${regions} at a time`) },
  { name: 'Single results', of: ({ retentionDays }) => `kept for ${retentionDays} days` },
  { name: 'Members', of: ({ members }) => count(members) },
];

const count = (limit: number | null) => (limit === null ? 'unlimited' : limit.toLocaleString('en'));

/** A plan line by line; each plan has the same lines, so that two of them can be read across. */
export function planLines(limits: PlanLimits): { name: string; value: string }[] {
  return LINES.map(({ name, of }) => ({ name, value: of(limits) }));
}
