import { removeTenantInput, updateTenantInput } from '../../../shared/tenancy/tenant-input.ts';
import { router } from '../../trpc/init.ts';
import { tenantProcedure } from '../../trpc/procedures.ts';
import { removeTenant } from './remove-tenant.ts';
import { undoRemoval } from './undo-removal.ts';
import { updateTenant } from './update-tenant.ts';

export const tenantsRouter = router({
  update: tenantProcedure.input(updateTenantInput).mutation(async ({ ctx, input }) => ({
    tenant: await updateTenant(ctx.services.identity, ctx.tenant.id, ctx.actor, input),
  })),
  remove: tenantProcedure
    .input(removeTenantInput)
    .mutation(({ ctx, input }) => removeTenant(ctx.services, ctx.tenant.id, ctx.actor, input.name)),
  undoRemoval: tenantProcedure.mutation(({ ctx }) => undoRemoval(ctx.services, ctx.tenant.id, ctx.actor)),
});
