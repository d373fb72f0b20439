import { ROLES, type Role } from '../../shared/tenancy/role.ts';
import { Refusal } from '../refusal.ts';
import { middleware, procedure } from './init.ts';

const requireSignedIn = middleware(async ({ ctx, next }) => {
  const caller = await ctx.caller();
  if (caller === null) throw new Refusal('not_signed_in', 'You are not signed in. Sign in, and try again.');
  return next({ ctx: { caller: () => Promise.resolve(caller), user: caller.user, signedInAs: caller } });
});

/** Whether `role` may do what `least` may. */
function isAtLeast(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) <= ROLES.indexOf(least);
}

/** For anyone. */
export const publicProcedure = procedure;

/** For a person, of whatever organization. */
export const signedInProcedure = procedure.use(requireSignedIn);

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
    return next({ ctx: { tenant: membership.tenant, about: membership.about, role: membership.role } });
  });
}

/** For those who may look: every member. */
export const viewerProcedure = procedureFor('viewer');
/** For those who may change monitors. */
export const memberProcedure = procedureFor('member');
