import { emailTokenInput, updateProfileInput } from '../../../shared/accounts/account-input.ts';
import { router } from '../../trpc/init.ts';
import { publicProcedure, signedInProcedure } from '../../trpc/procedures.ts';
import { confirmEmailChange } from './confirm-email-change.ts';
import { updateProfile } from './update-profile.ts';

/** What changes of a person in their account and in every organization at once. */
export const profileRouter = router({
  updateProfile: signedInProcedure
    .input(updateProfileInput)
    .mutation(({ ctx, input }) => updateProfile(ctx.services.identity, ctx.user.id, input)),

  confirmEmailChange: publicProcedure.input(emailTokenInput).mutation(async ({ ctx, input }) => {
    const caller = await ctx.caller();
    const { userId, email, setCookie } = await confirmEmailChange(ctx.services, input.token, caller);
    if (setCookie !== null) ctx.setCookie(setCookie);
    ctx.log.info({ event: 'security.email_changed', userId }, 'email changed');
    return { email };
  }),
});
