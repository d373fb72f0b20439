import { accountMailQueue, sweepSessionsQueue } from '../../../shared/jobs/queues.ts';
import type { Identity } from '../../database/identity.ts';
import { worker } from '../../jobs/worker.ts';
import type { RateLimits } from '../../limits/rate-limits.ts';
import type { Logger } from '../../log.ts';
import type { Mailer } from '../mail/create-mailer.ts';
import { sendAccountMail } from './send-account-mail.ts';
import type { Sessions } from './sessions.ts';
import { sweepExpired } from './sweep-expired.ts';

type Needed = {
  identity: Identity;
  mailer: Mailer;
  sessions: Sessions;
  rateLimits: RateLimits;
  config: { publicUrl: URL };
  log: Logger;
};

export const accountsWorkers = (services: Needed) => [
  worker(sweepSessionsQueue, { everyCron: '17 * * * *' }, () => sweepExpired(services)),
  // As many as there are connections to the mail server.
  worker(accountMailQueue, { concurrency: 4 }, (job) => sendAccountMail(services, job)),
];
