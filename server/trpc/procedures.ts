import { isAtLeast, type Role } from '../../shared/tenancy/role.ts';
import type { Actor } from '../domains/audit/write-audit.ts';
import { Refusal } from '../refusal.ts';
import { middleware, procedure } from './init.ts';

/**
 * A browser tells with `Origin` which page a request comes from. What changes something for whoever a cookie speaks for,
 * and whatever belongs to signing in, must come from a page of ours; hono's own csrf lets JSON through. It is asked
 * here, behind tRPC's own reading of the path, so that no spelling of a path goes around it.
 */
const requireOurPage = middleware(({ ctx, type, path, next }) => {
  const { cookieHeader, byKey, fromOurPage } = ctx.request;
  const byCookie = cookieHeader !== '' && !byKey;
  if (type === 'mutation' && (byCookie || path.startsWith('auth.')) && !fromOurPage) {
    throw new Refusal(
      'origin_not_allowed',
      `This request does not come from a page of StatusWatch. Open the app at ${ctx.services.config.publicUrl.origin}.`,
    );
  }
  return next();
});

const requireSignedIn = middleware(async ({ ctx, next }) => {
  const caller = await ctx.caller();
  if (caller === null) throw new Refusal('not_signed_in', 'You are not signed in. Sign in, and try again.');
  return next({ ctx: { caller: () => Promise.resolve(caller), user: caller.user, signedInAs: caller } });
});

/** For anyone. */
export const publicProcedure = procedure.use(requireOurPage);

/** For a person, of whatever organization. */
export const signedInProcedure = publicProcedure.use(requireSignedIn);

function procedureFor(least: Role) {
  return signedInProcedure.use(async ({ ctx, next }) => {
    const membership = ctx.signedInAs.membership;
    if (membership === null) {
      throw new Refusal(
        'forbidden',
        'You do not belong to this organization. Choose one of yours, or ask for an invitation.',
      );
    }
    if (!isAtLeast(membership.role, least)) {
      throw new Refusal(
        'forbidden',
        `Your role here is ${membership.role}; this takes ${least}. Ask an owner to change it.`,
      );
    }
    const { id, name } = ctx.user;
    const actor: Actor = { kind: 'user', id, name, address: ctx.request.ipAddress };
    return next({
      ctx: { tenant: membership.tenant, about: membership.about, role: membership.role, actor },
    });
  });
}

/** For those who may look: every member. */
export const viewerProcedure = procedureFor('viewer');
/** For those who may change monitors. */
export const memberProcedure = procedureFor('member');
/** For those who run the organization. */
export const adminProcedure = procedureFor('admin');
