import { loginInput } from '../../../shared/accounts/login-input.ts';
import type { Me, TenantName } from '../../../shared/tenancy/identity.ts';
import { registerInput } from '../../../shared/tenancy/register-input.ts';
import { switchTenantInput } from '../../../shared/tenancy/switch-tenant-input.ts';
import { hostOrigin } from '../../host-origin.ts';
import { Refusal } from '../../refusal.ts';
import { router } from '../../trpc/init.ts';
import { publicProcedure, signedInProcedure } from '../../trpc/procedures.ts';
import { registerOrganization } from './register-organization.ts';
import { signIn } from './sign-in.ts';
import { switchTenant } from './switch-tenant.ts';

type LoginAnswer = { status: 'signed_in' } | { status: 'multiple_tenants'; tenants: TenantName[] };

export const authRouter = router({
  register: publicProcedure.input(registerInput).mutation(async ({ ctx, input }) => {
    const { services, request } = ctx;
    const { tenant, made } = await registerOrganization(
      services,
      input,
      services.config.defaultPlan,
      request.ipAddress,
    );
    if (made) ctx.log.info({ event: 'security.registered', tenantId: tenant.id }, 'registration');
    else {
      const { ipAddress } = ctx.request;
      ctx.log.warn(
        { event: 'security.registration_refused', ipAddress },
        'registration with a wrong password',
      );
    }
    return { tenant };
  }),

  login: publicProcedure.input(loginInput).mutation(async ({ ctx, input }): Promise<LoginAnswer> => {
    const tenantSlug = ctx.request.hostSlug ?? input.tenantSlug ?? null;
    const credentials = { email: input.email, password: input.password, tenantSlug };
    const answer = await signIn(ctx.services, credentials, ctx.request).catch((error: unknown) => {
      if (error instanceof Refusal) {
        const { ipAddress } = ctx.request;
        ctx.log.warn({ event: 'security.sign_in_refused', ipAddress }, 'sign-in refused');
      }
      throw error;
    });
    if (answer.status === 'multiple_tenants') return answer;
    // A session of before, in the same browser, ends here: a token is never carried over a sign-in.
    await ctx.services.sessions.end(ctx.request.cookieHeader);
    ctx.setCookie(answer.setCookie);
    ctx.log.info({ event: 'security.signed_in' }, 'sign-in');
    return { status: 'signed_in' };
  }),

  logout: publicProcedure.mutation(async ({ ctx }) => {
    const { setCookie } = await ctx.services.sessions.end(ctx.request.cookieHeader);
    ctx.setCookie(setCookie);
    ctx.log.info({ event: 'security.signed_out' }, 'sign-out');
    return { status: 'signed_out' as const };
  }),

  switchTenant: signedInProcedure.input(switchTenantInput).mutation(async ({ ctx, input }) => {
    const { sessionId, tokenHash, memberships } = ctx.signedInAs;
    const { hostSlug } = ctx.request;
    const asking = { sessionId, tokenHash, memberships, hostSlug };
    const { url, setCookie } = await switchTenant(ctx.services, asking, input.tenantSlug);
    if (setCookie !== null) ctx.setCookie(setCookie);
    return { url };
  }),

  me: signedInProcedure.query(({ ctx }): Me => {
    const { user, membership, memberships } = ctx.signedInAs;
    if (membership === null) return { user, tenant: null, role: null, memberships };
    const { about, role } = membership;
    const tenant = { ...about, url: hostOrigin(ctx.services.config, about.slug) };
    return { user, tenant, role, memberships };
  }),
});
