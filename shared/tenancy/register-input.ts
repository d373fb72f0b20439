import * as v from 'valibot';
import { emailSchema } from '../accounts/email-schema.ts';
import {
  areTheSame,
  BOTH_PASSWORDS,
  NOT_THE_SAME,
  passwordAgainSchema,
  passwordSchema,
} from '../accounts/password-rules.ts';
import { plainText } from '../plain-name.ts';

export const organizationNameSchema = v.pipe(
  v.string('Name your organization.'),
  v.trim(),
  v.minLength(1, 'Name your organization.'),
  v.minLength(2, 'Use 2 characters or more.'),
  v.maxLength(80, 'Use 80 characters at most.'),
  plainText,
  v.regex(/[\p{L}\p{N}]/u, 'Use at least one letter or digit.'),
);

/** What makes two organization names the same: compatibility forms, case and spacing folded away. */
export function organizationNameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** What `auth.register` takes. */
export const registerInput = v.pipe(
  v.object({
    organizationName: organizationNameSchema,
    email: emailSchema,
    password: passwordSchema,
    passwordConfirmation: passwordAgainSchema,
  }),
  v.forward(v.partialCheck(BOTH_PASSWORDS, areTheSame, NOT_THE_SAME), ['passwordConfirmation']),
);

export type RegisterInput = v.InferOutput<typeof registerInput>;
