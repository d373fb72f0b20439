import * as v from 'valibot';
import {
  DAY_SECONDS,
  deadLetterQueue,
  mailOptions,
  nothing,
  type QueueDefinition,
} from './queue-definition.ts';

/** Does what an event of Stripe's asks for; its row says which that is. What fails is tried again for some hours. */
export const processEventQueue = {
  name: 'billing.process-event',
  payload: v.object({ eventId: v.string() }),
  options: {
    policy: 'standard',
    retryLimit: 15,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 1800,
    expireInSeconds: 120,
    deleteAfterSeconds: 7 * DAY_SECONDS,
    deadLetter: deadLetterQueue.name,
    notify: true,
  },
} as const satisfies QueueDefinition;

const scheduledOptions = {
  policy: 'exclusive',
  retryLimit: 5,
  retryDelay: 60,
  retryBackoff: true,
  retryDelayMax: 3600,
  expireInSeconds: 900,
  deleteAfterSeconds: DAY_SECONDS,
  deadLetter: deadLetterQueue.name,
} as const;

/** Reads an organization's subscriptions at Stripe, and writes them down. `exclusive` with its id as key. */
export const syncQueue = {
  name: 'billing.sync',
  payload: v.object({ tenantId: v.pipe(v.string(), v.uuid()) }),
  options: scheduledOptions,
} as const satisfies QueueDefinition;

/**
 * Asks Stripe about an organization in the moment when its Pro ends by the clock. It waits for that in no place that another needs:
 * each end has a job of its own, and one whose end was put off finds nothing to do.
 */
export const endQueue = {
  name: 'billing.end',
  payload: v.object({ tenantId: v.pipe(v.string(), v.uuid()) }),
  options: { ...scheduledOptions, policy: 'standard', notify: true },
} as const satisfies QueueDefinition;

/** Asks Stripe about each organization for which something has ended by the clock: whatever the job above missed. */
export const watchEndsQueue = {
  name: 'billing.watch-ends',
  payload: nothing,
  options: scheduledOptions,
} as const satisfies QueueDefinition;

/** Compares all that is paid for at Stripe with what is written here. */
export const reconcileQueue = {
  name: 'billing.reconcile',
  payload: nothing,
  options: { ...scheduledOptions, expireInSeconds: 3600 },
} as const satisfies QueueDefinition;

/** Forgets old events of Stripe's. */
export const sweepEventsQueue = {
  name: 'billing.sweep-events',
  payload: nothing,
  options: { policy: 'exclusive', retryLimit: 2, expireInSeconds: 300, deleteAfterSeconds: DAY_SECONDS },
} as const satisfies QueueDefinition;

/** Cancels an organization's subscription while it waits to be deleted, has it go on when that is taken back, and ends it with it. */
export const followRemovalInBillingQueue = {
  name: 'billing.follow-removal',
  payload: v.object({ tenantId: v.pipe(v.string(), v.uuid()) }),
  options: {
    policy: 'standard',
    // Two days: as long as Stripe may be away.
    retryLimit: 60,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 3600,
    expireInSeconds: 300,
    deleteAfterSeconds: DAY_SECONDS,
    deadLetter: deadLetterQueue.name,
    notify: true,
  },
} as const satisfies QueueDefinition;

/** Tells one owner what became of their organization's subscription. */
export const billingMailQueue = {
  name: 'billing.mail',
  payload: v.object({
    tenantId: v.pipe(v.string(), v.uuid()),
    userId: v.pipe(v.string(), v.uuid()),
    kind: v.picklist(['payment_failed', 'plan_lost', 'canceled']),
  }),
  options: mailOptions,
} as const satisfies QueueDefinition;
