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
import type { AskingSession } from '../accounts/sessions.ts';
import type { Actor } from '../audit/write-audit.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { changeRole } from './change-role.ts';
import { inviteMember } from './invite-member.ts';
import { listMembers } from './list-members.ts';
import { removeMember } from './remove-member.ts';
import type { Manager } from './renew-own-session.ts';
import { showInvitation } from './show-invitation.ts';
import { transferOwnership } from './transfer-ownership.ts';
import { withdrawInvitation } from './withdraw-invitation.ts';

type Asked = { user: { id: string }; actor: Actor; signedInAs: AskingSession };

const managerOf = ({ user, actor, signedInAs: { sessionId, tokenHash } }: Asked): Manager => ({
  userId: user.id,
  actor,
  sessionId,
  tokenHash,
});

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
  changeRole: tenantProcedure.input(changeRoleInput).mutation(async ({ ctx, input }) => {
    const { setCookie, ...changed } = await changeRole(ctx.services, ctx.tenant.id, managerOf(ctx), input);
    if (setCookie !== null) ctx.setCookie(setCookie);
    return changed;
  }),
  remove: tenantProcedure.input(memberInput).mutation(async ({ ctx, input }) => {
    const { setCookie, ...removed } = await removeMember(ctx.services, ctx.tenant.id, managerOf(ctx), input);
    if (setCookie !== null) ctx.setCookie(setCookie);
    return removed;
  }),
  leave: tenantProcedure.mutation(async ({ ctx }) => {
    const { id: userId } = ctx.user;
    const { setCookie } = await removeMember(ctx.services, ctx.tenant.id, managerOf(ctx), { userId });
    if (setCookie !== null) ctx.setCookie(setCookie);
    return { status: 'left' as const };
  }),
  transferOwnership: tenantProcedure.input(memberInput).mutation(async ({ ctx, input }) => {
    const { setCookie, userId } = await transferOwnership(ctx.services, ctx.tenant.id, managerOf(ctx), input);
    if (setCookie !== null) ctx.setCookie(setCookie);
    return { userId };
  }),
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
