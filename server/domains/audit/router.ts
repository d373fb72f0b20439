import { listAuditInput } from '../../../shared/audit/audit-entry.ts';
import { router } from '../../trpc/init.ts';
import { tenantProcedure } from '../../trpc/procedures.ts';
import { listActors } from './list-actors.ts';
import { listAudit } from './list-audit.ts';

export const auditRouter = router({
  list: tenantProcedure.input(listAuditInput).query(({ ctx, input }) => listAudit(ctx.tenant, input)),
  actors: tenantProcedure.query(({ ctx }) => listActors(ctx.tenant)),
});
