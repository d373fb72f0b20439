import * as v from 'valibot';
import { personNameSchema } from '../../../../shared/accounts/account-input.ts';
import {
  areTheSame,
  BOTH_PASSWORDS,
  NOT_THE_SAME,
  passwordAgainSchema,
  passwordSchema,
} from '../../../../shared/accounts/password-rules.ts';

/** What someone types who joins without an account: the rules are the server's, the second password is against slips. */
export const invitationAccountSchema = v.pipe(
  v.object({
    name: personNameSchema,
    password: passwordSchema,
    passwordConfirmation: passwordAgainSchema,
  }),
  v.forward(v.partialCheck(BOTH_PASSWORDS, areTheSame, NOT_THE_SAME), ['passwordConfirmation']),
);

/** What someone types who has an account and is not signed in. */
export const invitationPasswordSchema = v.object({
  password: v.pipe(
    v.string(),
    v.minLength(1, 'Enter your password.'),
    v.maxLength(1000, 'Use 1,000 characters at most.'),
  ),
});
