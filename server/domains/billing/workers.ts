import type pg from 'pg';
import { processEventQueue } from '../../../shared/jobs/queues.ts';
import { worker } from '../../jobs/worker.ts';
import type { StripeAccess } from './create-stripe.ts';
import { processEvent } from './process-event.ts';
import type { SyncNeeds } from './sync-subscription.ts';

type Needed = Omit<SyncNeeds, 'stripe'> & { stripe: StripeAccess | null; pools: { system: pg.Pool } };

export const billingWorkers = (services: Needed) => [
  worker(processEventQueue, { concurrency: 4 }, ({ eventId }) => processEvent(services, eventId)),
];
