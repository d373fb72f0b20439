import { revokeSessionInput } from '../../../shared/accounts/session.ts';
import { router } from '../../trpc/init.ts';
import { signedInProcedure } from '../../trpc/procedures.ts';
import { listSessions } from './list-sessions.ts';
import { revokeSessions } from './revoke-sessions.ts';

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
