import type pg from 'pg';
import type { PgBoss } from 'pg-boss';
import { invitationMailQueue, removalMailQueue, removeTenantsQueue } from '../../../shared/jobs/queues.ts';
import type { ServerConfig } from '../../config.ts';
import type { Identity } from '../../database/identity.ts';
import { worker } from '../../jobs/worker.ts';
import type { Logger } from '../../log.ts';
import type { Mailer } from '../mail/create-mailer.ts';
import { removeExpiredTenants } from './remove-expired-tenants.ts';
import { sendInvitation } from './send-invitation.ts';
import { sendRemovalMail } from './send-removal-mail.ts';

type Needed = {
  identity: Identity;
  mailer: Mailer;
  boss: PgBoss;
  pools: { system: pg.Pool };
  config: Pick<ServerConfig, 'publicUrl' | 'tenantDomainSuffix'>;
  log: Logger;
};

export const tenancyWorkers = (services: Needed) => [
  worker(invitationMailQueue, { concurrency: 4 }, (job) => sendInvitation(services, job)),
  worker(removalMailQueue, { concurrency: 4 }, (job) => sendRemovalMail(services, job)),
  worker(removeTenantsQueue, { everyCron: '7 * * * *' }, () => removeExpiredTenants(services)),
];
