import { emailTokenInput } from '../../../shared/accounts/account-input.ts';
import { router } from '../../trpc/init.ts';
import { publicProcedure, signedInProcedure } from '../../trpc/procedures.ts';
import { requestEmailVerification } from './request-email-verification.ts';
import { verifyEmail } from './verify-email.ts';

/** What of `auth` proves whose an address is. */
export const verificationRouter = router({
  verifyEmail: publicProcedure.input(emailTokenInput).mutation(async ({ ctx, input }) => {
    const { userId, email } = await verifyEmail(ctx.services.identity, input.token);
    ctx.log.info({ event: 'security.email_verified', userId }, 'email verified');
    return { email };
  }),

  requestEmailVerification: signedInProcedure.mutation(async ({ ctx }) => {
    const answer = await requestEmailVerification(ctx.services, ctx.user);
    ctx.log.info(
      { event: 'security.verification_requested', userId: ctx.user.id, ...answer },
      'verification',
    );
    return answer;
  }),
});
