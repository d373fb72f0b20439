import { isAtLeast } from '../../shared/tenancy/role.ts';
import type { Actor } from '../domains/audit/write-audit.ts';
import { Refusal } from '../refusal.ts';
import { ACCESS } from './access.ts';
import { middleware, procedure } from './init.ts';
import { refuseWhileRemoving } from './refuse-while-removing.ts';
import { requireWithinLimits } from './require-within-limits.ts';

/**
 * A browser tells with `Origin` which page a request comes from. What changes something for whoever a cookie speaks for,
 * and whatever belongs to signing in, must come from a page of ours; hono's own csrf lets JSON through. It is asked
 * here, behind tRPC's own reading of the path, so that no spelling of a path goes around it.
 */
const requireOurPage = middleware(({ ctx, type, path, next }) => {
  const { cookieHeader, byKey, fromOurPage } = ctx.request;
  const byCookie = cookieHeader !== '' && !byKey;
  const signsIn = path.startsWith('auth.') || path === 'invitations.accept';
  if (type === 'mutation' && (byCookie || signsIn) && !fromOurPage) {
    throw new Refusal(
      'origin_not_allowed',
      `This request does not come from a page of StatusWatch. Open the app at ${ctx.services.config.publicUrl.origin}.`,
    );
  }
  return next();
});

/** Whoever may not call a procedure by its row in `ACCESS` gets no further; one without a row nobody may call. */
const requireAccess = middleware(async ({ ctx, path, next }) => {
  const access = ACCESS[path];
  if (access === undefined) throw new Error(`${path} has no row in server/trpc/access.ts.`);
  if (access === 'anyone') return next();
  const caller = await ctx.caller();
  if (caller === null) throw new Refusal('not_signed_in', 'You are not signed in. Sign in, and try again.');
  if (access === 'signed_in') return next();
  const { membership } = caller;
  if (membership === null) {
    throw new Refusal(
      'forbidden',
      'You do not belong to this organization. Choose one of yours, or ask for an invitation.',
    );
  }
  const { pageTenantId } = ctx.request;
  if (pageTenantId !== null && pageTenantId !== membership.tenant.id) {
    throw new Refusal(
      'not_signed_in',
      'You have switched to another organization since this page was opened. Open it again.',
    );
  }
  if (!isAtLeast(membership.role, access)) {
    throw new Refusal(
      'forbidden',
      `Your role here is ${membership.role}; this takes ${access}. Ask an owner to change it.`,
    );
  }
  return next();
});

/** For whoever its row in `ACCESS` names, as often as its row in `LIMITS` allows; knows nobody. */
export const publicProcedure = procedure.use(requireOurPage).use(requireAccess).use(requireWithinLimits);

/** For a person, of whatever organization: its row must ask for one. */
export const signedInProcedure = publicProcedure.use(async ({ ctx, path, next }) => {
  const caller = await ctx.caller();
  if (caller === null) throw new Error(`${path} needs a person, and its row in server/trpc/access.ts none.`);
  return next({ ctx: { caller: () => Promise.resolve(caller), user: caller.user, signedInAs: caller } });
});

/** For a member of the organization this request is for: its row says of which role. One that waits to be deleted is only read. */
export const tenantProcedure = signedInProcedure.use(({ ctx, path, type, next }) => {
  const { membership } = ctx.signedInAs;
  if (membership === null)
    throw new Error(`${path} needs a member, and its row in server/trpc/access.ts none.`);
  if (type === 'mutation') refuseWhileRemoving(membership.about, path);
  const { id, name } = ctx.user;
  const actor: Actor = { kind: 'user', id, name, address: ctx.request.ipAddress };
  return next({
    ctx: { tenant: membership.tenant, about: membership.about, role: membership.role, actor },
  });
});
