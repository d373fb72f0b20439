import { accountRouter, sessionsRouter } from '../domains/accounts/router.ts';
import { verificationRouter } from '../domains/accounts/verification-router.ts';
import { auditRouter } from '../domains/audit/router.ts';
import { billingRouter } from '../domains/billing/router.ts';
import {
  certificatesRouter,
  liveRouter,
  monitorsRouter,
  regionsRouter,
  resultsRouter,
  stateChangesRouter,
  uptimeRouter,
} from '../domains/monitoring/router.ts';
import { invitationsRouter, membersRouter } from '../domains/tenancy/members-router.ts';
import { profileRouter } from '../domains/tenancy/profile-router.ts';
import { authRouter } from '../domains/tenancy/router.ts';
import { tenantsRouter } from '../domains/tenancy/tenants-router.ts';
import { mergeRouters, router } from './init.ts';

/** The whole API. Names and shapes are a contract; inputs may grow. */
export const appRouter = router({
  auth: mergeRouters(authRouter, verificationRouter, accountRouter, profileRouter),
  sessions: sessionsRouter,
  monitors: monitorsRouter,
  results: resultsRouter,
  stateChanges: stateChangesRouter,
  certificates: certificatesRouter,
  uptime: uptimeRouter,
  regions: regionsRouter,
  live: liveRouter,
  audit: auditRouter,
  members: membersRouter,
  invitations: invitationsRouter,
  tenants: tenantsRouter,
  billing: billingRouter,
});

export type AppRouter = typeof appRouter;
