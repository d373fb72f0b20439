import {
  changePasswordInput,
  requestEmailChangeInput,
  requestPasswordResetInput,
  resetPasswordInput,
} from '../../../shared/accounts/account-input.ts';
import { revokeSessionInput } from '../../../shared/accounts/session.ts';
import { Refusal } from '../../refusal.ts';
import type { Context } from '../../trpc/context.ts';
import { router } from '../../trpc/init.ts';
import { publicProcedure, signedInProcedure } from '../../trpc/procedures.ts';
import { changePassword } from './change-password.ts';
import { listSessions } from './list-sessions.ts';
import { requestEmailChange } from './request-email-change.ts';
import { requestPasswordReset } from './request-password-reset.ts';
import { resetPassword } from './reset-password.ts';
import { revokeSessions } from './revoke-sessions.ts';

/** Notes that somebody was refused, and lets the refusal go on. */
const noteRefusal =
  ({ log, request: { ipAddress } }: Context, event: string, userId: string | null = null) =>
  (error: unknown): never => {
    if (error instanceof Refusal) log.warn({ event, reason: error.reason, userId, ipAddress }, 'refused');
    throw error;
  };

/** What of `auth` is about the account alone; what makes or changes memberships too is tenancy's. */
export const accountRouter = router({
  requestPasswordReset: publicProcedure.input(requestPasswordResetInput).mutation(async ({ ctx, input }) => {
    const { userId } = await requestPasswordReset(ctx.services, input.email);
    const { ipAddress } = ctx.request;
    ctx.log.info({ event: 'security.password_reset_requested', userId, ipAddress }, 'reset requested');
    return { status: 'sent' as const };
  }),

  resetPassword: publicProcedure.input(resetPasswordInput).mutation(async ({ ctx, input }) => {
    const { userId, ended } = await resetPassword(ctx.services, input).catch(
      noteRefusal(ctx, 'security.password_reset_refused'),
    );
    ctx.log.info({ event: 'security.password_reset', userId, ended }, 'password reset');
    return { status: 'changed' as const };
  }),

  changePassword: signedInProcedure.input(changePasswordInput).mutation(async ({ ctx, input }) => {
    const { setCookie, ended } = await changePassword(ctx.services, ctx.signedInAs, input).catch(
      noteRefusal(ctx, 'security.password_change_refused', ctx.user.id),
    );
    ctx.setCookie(setCookie);
    ctx.log.info({ event: 'security.password_changed', userId: ctx.user.id, ended }, 'password changed');
    return { status: 'changed' as const };
  }),

  requestEmailChange: signedInProcedure.input(requestEmailChangeInput).mutation(async ({ ctx, input }) => {
    await requestEmailChange(ctx.services, ctx.user.id, input).catch(
      noteRefusal(ctx, 'security.email_change_refused', ctx.user.id),
    );
    ctx.log.info(
      { event: 'security.email_change_requested', userId: ctx.user.id },
      'change of email requested',
    );
    return { status: 'sent' as const };
  }),
});

export const sessionsRouter = router({
  list: signedInProcedure.query(async ({ ctx }) => ({
    sessions: await listSessions(ctx.services.identity, ctx.signedInAs),
  })),

  revoke: signedInProcedure.input(revokeSessionInput).mutation(async ({ ctx, input }) => {
    const { revoked, endsOwn } = await revokeSessions(ctx.services.identity, ctx.signedInAs, input);
    if (endsOwn) ctx.setCookie(ctx.services.sessions.blankCookie());
    ctx.log.info({ event: 'security.sessions_revoked', userId: ctx.user.id, revoked }, 'sessions revoked');
    return { revoked };
  }),
});
