import type { Invitation, InvitationShown, MemberList } from '../../../shared/tenancy/member.ts';
import {
  acceptInvitationInput,
  changeRoleInput,
  invitationInput,
  invitationTokenInput,
  inviteMemberInput,
  memberInput,
} from '../../../shared/tenancy/member-input.ts';
import { router } from '../../trpc/init.ts';
import { publicProcedure, tenantProcedure } from '../../trpc/procedures.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { changeRole } from './change-role.ts';
import { inviteMember } from './invite-member.ts';
import { listMembers } from './list-members.ts';
import { removeMember } from './remove-member.ts';
import { showInvitation } from './show-invitation.ts';
import { transferOwnership } from './transfer-ownership.ts';
import { withdrawInvitation } from './withdraw-invitation.ts';

export const membersRouter = router({
  list: tenantProcedure.query(
    ({ ctx }): Promise<MemberList> => listMembers(ctx.tenant, { userId: ctx.user.id, role: ctx.role }),
  ),
  invite: tenantProcedure
    .input(inviteMemberInput)
    .mutation(
      ({ ctx, input }): Promise<Invitation> =>
        inviteMember(ctx.services, ctx.tenant.id, { userId: ctx.user.id, actor: ctx.actor }, input),
    ),
  changeRole: tenantProcedure
    .input(changeRoleInput)
    .mutation(({ ctx, input }) => changeRole(ctx.tenant, { userId: ctx.user.id, actor: ctx.actor }, input)),
  remove: tenantProcedure
    .input(memberInput)
    .mutation(({ ctx, input }) => removeMember(ctx.tenant, { userId: ctx.user.id, actor: ctx.actor }, input)),
  leave: tenantProcedure.mutation(async ({ ctx }) => {
    const userId = ctx.user.id;
    await removeMember(ctx.tenant, { userId, actor: ctx.actor }, { userId });
    return { status: 'left' as const };
  }),
  transferOwnership: tenantProcedure
    .input(memberInput)
    .mutation(({ ctx, input }) =>
      transferOwnership(ctx.tenant, { userId: ctx.user.id, actor: ctx.actor }, input),
    ),
});

export const invitationsRouter = router({
  // A mutation, though it changes nothing: a query would carry the token in its address, and so into logs.
  get: publicProcedure
    .input(invitationTokenInput)
    .mutation(
      ({ ctx, input }): Promise<InvitationShown> => showInvitation(ctx.services.identity, input.token),
    ),
  accept: publicProcedure.input(acceptInvitationInput).mutation(async ({ ctx, input }) => {
    const signedInAs = await ctx.caller();
    const { tenant, setCookie } = await acceptInvitation(ctx.services, signedInAs, input, ctx.request);
    if (setCookie !== null) ctx.setCookie(setCookie);
    ctx.log.info({ event: 'security.joined', tenantId: tenant.id }, 'invitation accepted');
    return { tenant };
  }),
  withdraw: tenantProcedure
    .input(invitationInput)
    .mutation(({ ctx, input }) =>
      withdrawInvitation(
        ctx.services.identity,
        ctx.tenant.id,
        { userId: ctx.user.id, actor: ctx.actor },
        input.invitationId,
      ),
    ),
});
