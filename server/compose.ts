import type { PgBoss } from 'pg-boss';
import { createTargetGuard, type TargetGuard } from '../shared/network/target-guard.ts';
import { KeyRing } from '../shared/secrets/key-ring.ts';
import type { ServerConfig } from './config.ts';
import { createIdentity, type Identity } from './database/identity.ts';
import { createPool, type Pools } from './database/pools.ts';
import { type Tenant, tenantOf } from './database/tenant.ts';
import { createSessions, type Sessions } from './domains/accounts/sessions.ts';
import { createStripe, type StripeAccess } from './domains/billing/create-stripe.ts';
import { createMailer, type Mailer } from './domains/mail/create-mailer.ts';
import { LiveFeed } from './domains/monitoring/live-feed.ts';
import { countMigrations } from './domains/operations/count-migrations.ts';
import { createBoss } from './jobs/boss.ts';
import { createRateLimits, type RateLimits } from './limits/rate-limits.ts';
import type { Logger } from './log.ts';

/** Everything the server is made of, made once. */
export type Services = {
  config: ServerConfig;
  log: Logger;
  pools: Pools;
  identity: Identity;
  sessions: Sessions;
  rateLimits: RateLimits;
  tenant: (id: string) => Tenant;
  boss: PgBoss;
  mailer: Mailer;
  /** Null when nothing is sold here. */
  stripe: StripeAccess | null;
  /** Whether this process works jobs: from `boss.start()` until it stops. */
  jobsRunning: () => boolean;
  guard: TargetGuard;
  liveFeed: LiveFeed;
  /** How many migrations this release has. */
  migrations: number;
  close: () => Promise<void>;
};

/** The only place that constructs pools, the job queue and whatever else speaks to the outside. */
export async function compose(config: ServerConfig, log: Logger): Promise<Services> {
  const pools: Pools = {
    app: createPool(config.databaseUrls.app, 'app', 12, log),
    identity: createPool(config.databaseUrls.identity, 'identity', 8, log),
    system: createPool(config.databaseUrls.system, 'system', 4, log),
  };
  const identity = createIdentity(pools.identity);
  const ring = new KeyRing(config.monitorKeys);
  log.info({ event: 'secrets.keys', sealsWith: ring.sealsWith, opens: ring.keyIds }, 'keys of secrets');
  const boss = createBoss(config.databaseUrls.system, log);
  const mailer = createMailer(config, log);
  const stripe = config.stripe === null ? null : createStripe(config.stripe, log);
  // Who gives Pro to everybody has nothing to sell, and needs no warning.
  if (stripe === null)
    log[config.defaultPlan === 'pro' ? 'info' : 'warn'](
      { event: 'billing.not_configured' },
      'nothing is sold here: no STRIPE_ variable is set',
    );
  let jobsRunning = true;
  return {
    config,
    log,
    pools,
    identity,
    sessions: createSessions(identity, config.secureCookies, log),
    rateLimits: createRateLimits(pools.identity, identity, config.secretKey),
    tenant: (id) => tenantOf(pools.app, ring, id),
    boss,
    mailer,
    stripe,
    jobsRunning: () => jobsRunning,
    guard: createTargetGuard({ allowNetworks: config.allowNetworks }),
    liveFeed: new LiveFeed(log),
    migrations: await countMigrations(new URL('../drizzle/migrations/meta/_journal.json', import.meta.url)),
    async close() {
      jobsRunning = false;
      await boss.stop({ graceful: true, timeout: 5000, close: true });
      mailer.close();
      await Promise.all([pools.app.end(), pools.identity.end(), pools.system.end()]);
    },
  };
}
