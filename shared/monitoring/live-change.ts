import type { PlanName } from '../billing/plans.ts';
import type { Monitor } from './monitor.ts';

/**
 * What `live.changes` sends. `plan`: the plan, or how its subscription stands; `billing.status` says that. `organization`: its name, its subdomain, whether it waits to be deleted, or who belongs to it
 * and as what; `auth.me` and `members.list` say them.
 * `resync` asks for a reload: the server could not say what changed since.
 */
export type LiveChange =
  | { type: 'monitor'; monitor: Monitor }
  | { type: 'monitor_removed'; monitorId: string }
  | { type: 'plan'; plan: PlanName }
  | { type: 'organization' }
  | { type: 'resync' };
