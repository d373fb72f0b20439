import * as v from 'valibot';

/** An email address: trimmed and in lower case, so that one person cannot be two accounts. 254 is RFC 5321's limit. */
export const emailSchema = v.pipe(
  v.string('Enter your email address.'),
  v.trim(),
  v.toLowerCase(),
  v.minLength(1, 'Enter your email address.'),
  v.maxLength(254, 'Use 254 characters at most.'),
  v.rfcEmail('This is not an email address. It looks like name@example.com.'),
);
