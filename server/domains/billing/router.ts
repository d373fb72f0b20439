import { startCheckoutInput } from '../../../shared/billing/billing-status.ts';
import { router } from '../../trpc/init.ts';
import { tenantProcedure } from '../../trpc/procedures.ts';
import { billingStatus } from './billing-status.ts';
import { cancelSubscription } from './cancel-subscription.ts';
import { listInvoices } from './list-invoices.ts';
import { openPortal } from './open-portal.ts';
import { refreshSubscription } from './refresh-subscription.ts';
import { resumeSubscription } from './resume-subscription.ts';
import { startCheckout } from './start-checkout.ts';

export const billingRouter = router({
  status: tenantProcedure.query(({ ctx }) => billingStatus(ctx.services.stripe, ctx.tenant)),
  invoices: tenantProcedure.query(({ ctx }) => listInvoices(ctx.services, ctx.tenant)),
  startCheckout: tenantProcedure.input(startCheckoutInput).mutation(({ ctx }) =>
    startCheckout(ctx.services, ctx.tenant, {
      email: ctx.user.email,
      organizationName: ctx.about.name,
      hostSlug: ctx.request.hostSlug,
    }),
  ),
  openPortal: tenantProcedure.mutation(({ ctx }) =>
    openPortal(ctx.services, ctx.tenant, {
      organizationName: ctx.about.name,
      hostSlug: ctx.request.hostSlug,
    }),
  ),
  cancel: tenantProcedure.mutation(({ ctx }) =>
    cancelSubscription(ctx.services, ctx.tenant, ctx.actor, ctx.about.name),
  ),
  resume: tenantProcedure.mutation(({ ctx }) =>
    resumeSubscription(ctx.services, ctx.tenant, ctx.actor, ctx.about.name),
  ),
  refresh: tenantProcedure.mutation(({ ctx }) => refreshSubscription(ctx.services, ctx.tenant)),
});
