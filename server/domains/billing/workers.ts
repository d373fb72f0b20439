import type pg from 'pg';
import {
  billingMailQueue,
  endQueue,
  followRemovalInBillingQueue,
  processEventQueue,
  reconcileQueue,
  sweepEventsQueue,
  syncQueue,
  watchEndsQueue,
} from '../../../shared/jobs/billing-queues.ts';
import type { ServerConfig } from '../../config.ts';
import type { Identity } from '../../database/identity.ts';
import { worker } from '../../jobs/worker.ts';
import type { Mailer } from '../mail/create-mailer.ts';
import type { StripeAccess } from './create-stripe.ts';
import { followRemoval } from './follow-removal.ts';
import { processEvent } from './process-event.ts';
import { reconcile } from './reconcile.ts';
import { sendBillingMail } from './send-billing-mail.ts';
import { sweepEvents } from './sweep-events.ts';
import { type SyncNeeds, syncSubscription } from './sync-subscription.ts';
import { watchEnds } from './watch-ends.ts';

type Needed = Omit<SyncNeeds, 'stripe' | 'config'> & {
  stripe: StripeAccess | null;
  pools: { system: pg.Pool };
  identity: Identity;
  mailer: Mailer;
  config: ServerConfig;
};

export const billingWorkers = (services: Needed) => {
  const { stripe } = services;
  const sync = async (tenantId: string) => {
    if (stripe !== null) await syncSubscription({ ...services, stripe }, { tenantId });
  };
  return [
    worker(processEventQueue, { concurrency: 4 }, ({ eventId }) => processEvent(services, eventId)),
    worker(syncQueue, { concurrency: 2 }, ({ tenantId }) => sync(tenantId)),
    worker(endQueue, { concurrency: 2 }, ({ tenantId }) => sync(tenantId)),
    worker(watchEndsQueue, { everyCron: '41 * * * *' }, async () => {
      if (stripe !== null) await watchEnds(services);
    }),
    worker(reconcileQueue, { everyCron: '20 4 * * *' }, async () => {
      if (stripe !== null) await reconcile({ ...services, stripe });
    }),
    worker(sweepEventsQueue, { everyCron: '35 3 * * *' }, () => sweepEvents(services)),
    worker(followRemovalInBillingQueue, { concurrency: 2 }, ({ tenantId }) =>
      followRemoval(services, tenantId),
    ),
    // As few as leave connections to the mail server for what people wait for.
    worker(billingMailQueue, { concurrency: 2 }, (job) => sendBillingMail(services, job)),
  ];
};
