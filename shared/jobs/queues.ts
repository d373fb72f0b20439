import * as v from 'valibot';
import {
  billingMailQueue,
  endQueue,
  followRemovalInBillingQueue,
  processEventQueue,
  reconcileQueue,
  sweepEventsQueue,
  syncQueue,
  watchEndsQueue,
} from './billing-queues.ts';
import {
  DAY_SECONDS,
  deadLetterQueue,
  mailOptions,
  nothing,
  type QueueDefinition,
} from './queue-definition.ts';

/** Decides one monitor's state anew. `short` with the monitor's id as key: one waiting job serves all who asked. */
export const decideMonitorQueue = {
  name: 'monitoring.decide',
  payload: v.object({ tenantId: v.pipe(v.string(), v.uuid()), monitorId: v.pipe(v.string(), v.uuid()) }),
  options: {
    policy: 'short',
    retryLimit: 10,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
    expireInSeconds: 60,
    deleteAfterSeconds: 3600,
    deadLetter: deadLetterQueue.name,
    notify: true,
  },
} as const satisfies QueueDefinition;

/** Looks every few seconds for checks that were due and never made; each run sends the next. */
export const findOverdueQueue = {
  name: 'monitoring.find-overdue',
  payload: nothing,
  options: { policy: 'short', retryLimit: 2, retryDelay: 1, expireInSeconds: 30, deleteAfterSeconds: 600 },
} as const satisfies QueueDefinition;

/** Sends each organization its job below, a few times a day. */
export const keepHistoriesQueue = {
  name: 'monitoring.keep-histories',
  payload: nothing,
  options: {
    policy: 'exclusive',
    retryLimit: 5,
    retryDelay: 30,
    retryBackoff: true,
    expireInSeconds: 300,
    deleteAfterSeconds: DAY_SECONDS,
    deadLetter: deadLetterQueue.name,
  },
} as const satisfies QueueDefinition;

/** Packs an organization's results older than a day. `exclusive` with its id as key: one job at a time, waiting or at work. */
export const keepHistoryQueue = {
  name: 'monitoring.keep-history',
  payload: v.object({ tenantId: v.pipe(v.string(), v.uuid()) }),
  options: {
    policy: 'exclusive',
    retryLimit: 3,
    retryDelay: 60,
    retryBackoff: true,
    // The first run after an update may find months of raw results. Two at once are safe, only a waste.
    expireInSeconds: 3600,
    deleteAfterSeconds: DAY_SECONDS,
    deadLetter: deadLetterQueue.name,
  },
} as const satisfies QueueDefinition;

/** Sends each organization its job below: when a server starts, perhaps with another key, and once a day. */
export const keepAllSealedQueue = {
  name: 'monitoring.keep-all-sealed',
  payload: nothing,
  options: {
    policy: 'exclusive',
    retryLimit: 5,
    retryDelay: 30,
    retryBackoff: true,
    expireInSeconds: 300,
    deleteAfterSeconds: DAY_SECONDS,
    deadLetter: deadLetterQueue.name,
  },
} as const satisfies QueueDefinition;

/** Seals an organization's secrets with the first key of `MONITOR_KEY`. `exclusive` with its id as key. */
export const keepSealedQueue = {
  name: 'monitoring.keep-sealed',
  payload: v.object({ tenantId: v.pipe(v.string(), v.uuid()) }),
  options: {
    policy: 'exclusive',
    retryLimit: 3,
    retryDelay: 60,
    retryBackoff: true,
    expireInSeconds: 3600,
    deleteAfterSeconds: DAY_SECONDS,
    deadLetter: deadLetterQueue.name,
  },
} as const satisfies QueueDefinition;

/** Makes the partitions of the days ahead and drops those that are past and empty. */
export const partitionsQueue = {
  name: 'operations.partitions',
  payload: nothing,
  options: {
    policy: 'exclusive',
    retryLimit: 5,
    retryDelay: 30,
    retryBackoff: true,
    expireInSeconds: 300,
    deleteAfterSeconds: DAY_SECONDS,
    deadLetter: deadLetterQueue.name,
  },
} as const satisfies QueueDefinition;

/** Folds the rows of probers that are long gone into one a region. */
export const keepProbersQueue = {
  name: 'operations.keep-probers',
  payload: nothing,
  options: { policy: 'exclusive', retryLimit: 2, expireInSeconds: 300, deleteAfterSeconds: DAY_SECONDS },
} as const satisfies QueueDefinition;

/** Removes what has run out: sessions past their expiry. */
export const sweepSessionsQueue = {
  name: 'accounts.sweep-sessions',
  payload: nothing,
  options: { policy: 'exclusive', retryLimit: 2, expireInSeconds: 300, deleteAfterSeconds: DAY_SECONDS },
} as const satisfies QueueDefinition;

/** Removes counts of tries whose time is over. */
export const sweepRateLimitsQueue = {
  name: 'accounts.sweep-rate-limits',
  payload: nothing,
  options: { policy: 'exclusive', retryLimit: 2, expireInSeconds: 300, deleteAfterSeconds: DAY_SECONDS },
} as const satisfies QueueDefinition;

/**
 * A mail about an account. Whoever works it reads the address and mints the token, so that the queue holds neither. A null
 * `userId` is a job for nobody: what was asked for an address without an account costs what it costs with one.
 */
export const accountMailQueue = {
  name: 'accounts.mail',
  payload: v.object({
    kind: v.picklist([
      'verify_email',
      'reset_password',
      'change_email',
      'email_changed',
      'password_changed',
      'registration_refused',
    ]),
    userId: v.nullable(v.pipe(v.string(), v.uuid())),
  }),
  options: mailOptions,
} as const satisfies QueueDefinition;

/** A mail that asks someone to join. */
export const invitationMailQueue = {
  name: 'tenancy.invitation-mail',
  payload: v.object({
    tenantId: v.pipe(v.string(), v.uuid()),
    invitationId: v.pipe(v.string(), v.uuid()),
  }),
  options: mailOptions,
} as const satisfies QueueDefinition;

/** Tells one owner that their organization will be deleted. `askedBy` is a member's id, for the name. */
export const removalMailQueue = {
  name: 'tenancy.removal-mail',
  payload: v.object({
    tenantId: v.pipe(v.string(), v.uuid()),
    userId: v.pipe(v.string(), v.uuid()),
    askedBy: v.nullable(v.pipe(v.string(), v.uuid())),
  }),
  options: mailOptions,
} as const satisfies QueueDefinition;

/** Deletes the organizations whose time to think again is over; each run looks for them. */
export const removeTenantsQueue = {
  name: 'tenancy.remove-expired',
  payload: nothing,
  options: {
    policy: 'exclusive',
    retryLimit: 5,
    retryDelay: 30,
    retryBackoff: true,
    expireInSeconds: 300,
    deleteAfterSeconds: DAY_SECONDS,
    deadLetter: deadLetterQueue.name,
  },
} as const satisfies QueueDefinition;

/** Pauses an organization's monitors while it waits to be deleted, and lets them go on when that is taken back. */
export const followRemovalQueue = {
  name: 'monitoring.follow-removal',
  payload: v.object({ tenantId: v.pipe(v.string(), v.uuid()) }),
  options: {
    policy: 'standard',
    retryLimit: 10,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 300,
    expireInSeconds: 300,
    deleteAfterSeconds: DAY_SECONDS,
    deadLetter: deadLetterQueue.name,
    notify: true,
  },
} as const satisfies QueueDefinition;

/** Pauses the monitors that an organization's new plan does not allow, and gives back what a former one took. */
export const followPlanQueue = {
  name: 'monitoring.follow-plan',
  payload: v.object({ tenantId: v.pipe(v.string(), v.uuid()) }),
  options: {
    policy: 'standard',
    retryLimit: 10,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 300,
    expireInSeconds: 300,
    deleteAfterSeconds: DAY_SECONDS,
    deadLetter: deadLetterQueue.name,
    notify: true,
  },
} as const satisfies QueueDefinition;

/** Published when somebody asks for an organization's deletion, takes that back, or it is done. */
export const REMOVAL_EVENT = 'tenant.removal';

/** Published in the commit that changes an organization's plan. */
export const PLAN_CHANGED_EVENT = 'plan.changed';

/**
 * Every queue. Senders and workers share these; `drizzle/install-queues.ts` makes the queues in this order, so a dead-letter
 * queue stands before the queue that names it.
 */
export const QUEUES: readonly QueueDefinition[] = [
  deadLetterQueue,
  decideMonitorQueue,
  findOverdueQueue,
  keepHistoriesQueue,
  keepHistoryQueue,
  keepAllSealedQueue,
  keepSealedQueue,
  partitionsQueue,
  keepProbersQueue,
  sweepSessionsQueue,
  sweepRateLimitsQueue,
  accountMailQueue,
  invitationMailQueue,
  removalMailQueue,
  removeTenantsQueue,
  followRemovalQueue,
  followPlanQueue,
  processEventQueue,
  billingMailQueue,
  syncQueue,
  endQueue,
  watchEndsQueue,
  reconcileQueue,
  sweepEventsQueue,
  followRemovalInBillingQueue,
];

/** Published in the commit that changes a monitor's state; whoever subscribes is named in `server/jobs/registry.ts`. */
export const STATE_CHANGED_EVENT = 'state.changed';
export const stateChangedPayload = v.object({
  tenantId: v.pipe(v.string(), v.uuid()),
  monitorId: v.pipe(v.string(), v.uuid()),
  stateChangeId: v.pipe(v.string(), v.uuid()),
});
