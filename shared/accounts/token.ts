import * as v from 'valibot';

/** What a token of a mail may do: each for one thing, once. */
export type TokenPurpose = 'verify_email' | 'reset_password' | 'change_email';

/** How long each may be used, in seconds: an hour for what opens an account, a day for the rest. */
export const TOKEN_SECONDS: Readonly<Record<TokenPurpose, number>> = {
  verify_email: 86_400,
  reset_password: 3600,
  change_email: 86_400,
};

/** A token as a link carries it: 32 random bytes in base64url. */
export const tokenSchema = v.pipe(
  v.string('The link carries a token: open it again from the mail.'),
  v.regex(/^[\w-]{43}$/, 'This link is not whole. Open it again from the mail, or ask for a new one.'),
);
