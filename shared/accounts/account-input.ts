import * as v from 'valibot';
import { plainText, visibleText } from '../plain-name.ts';
import { emailSchema } from './email-schema.ts';
import {
  areTheSame,
  BOTH_PASSWORDS,
  NOT_THE_SAME,
  passwordAgainSchema,
  passwordSchema,
} from './password-rules.ts';
import { tokenSchema } from './token.ts';

/** What people call somebody. */
export const personNameSchema = v.pipe(
  v.string('Enter your name.'),
  v.trim(),
  v.minLength(1, 'Enter your name.'),
  v.maxLength(80, 'Use 80 characters at most.'),
  plainText,
  visibleText,
);

/** The present password, asked for again before what could lock its owner out. No rules: it may be older than they are. */
const currentPasswordSchema = v.pipe(
  v.string('Enter your password.'),
  v.minLength(1, 'Enter your password.'),
  v.maxLength(1000, 'Use 1,000 characters at most.'),
);

const newPassword = {
  password: passwordSchema,
  passwordConfirmation: passwordAgainSchema,
};

/** What `auth.updateProfile` takes. */
export const updateProfileInput = v.object({ name: personNameSchema });

/** What `auth.requestPasswordReset` takes. */
export const requestPasswordResetInput = v.object({ email: emailSchema });

/** What `auth.resetPassword` takes. */
export const resetPasswordInput = v.pipe(
  v.object({ token: tokenSchema, ...newPassword }),
  v.forward(v.partialCheck(BOTH_PASSWORDS, areTheSame, NOT_THE_SAME), ['passwordConfirmation']),
);

/** What `auth.changePassword` takes. */
export const changePasswordInput = v.pipe(
  v.object({ currentPassword: currentPasswordSchema, ...newPassword }),
  v.forward(v.partialCheck(BOTH_PASSWORDS, areTheSame, NOT_THE_SAME), ['passwordConfirmation']),
);

/** What `auth.requestEmailChange` takes. */
export const requestEmailChangeInput = v.object({
  email: emailSchema,
  currentPassword: currentPasswordSchema,
});

/** What `auth.verifyEmail` and `auth.confirmEmailChange` take. */
export const emailTokenInput = v.object({ token: tokenSchema });
