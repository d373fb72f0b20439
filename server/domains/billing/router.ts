import { router } from '../../trpc/init.ts';
import { tenantProcedure } from '../../trpc/procedures.ts';
import { billingStatus } from './billing-status.ts';

export const billingRouter = router({
  status: tenantProcedure.query(({ ctx }) => billingStatus(ctx.services.stripe, ctx.tenant)),
});
