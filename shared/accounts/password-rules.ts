import * as v from 'valibot';

/** The rules a password must keep, each with what the form ticks off while typing. One list for form and server. */
export const PASSWORD_RULES = [
  { id: 'length', label: '12 characters or more', holds: (password: string) => [...password].length >= 12 },
  { id: 'upper', label: 'An upper-case letter', holds: (password: string) => /\p{Lu}/u.test(password) },
  { id: 'lower', label: 'A lower-case letter', holds: (password: string) => /\p{Ll}/u.test(password) },
  { id: 'digit', label: 'A digit', holds: (password: string) => /\p{Nd}/u.test(password) },
  { id: 'symbol', label: 'A symbol', holds: (password: string) => /[^\p{L}\p{N}\s]/u.test(password) },
] as const;

/** 1,000 characters bound the work of one hash; argon2id truncates nothing below that. */
export const passwordSchema = v.pipe(
  v.string('Choose a password.'),
  v.maxLength(1000, 'Use 1,000 characters at most.'),
  // Half a character has no bytes of its own: any other half would do as well.
  v.regex(/^\P{Cs}*$/u, 'A character of this password came in half. Type it again.'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const missing = PASSWORD_RULES.filter((rule) => !rule.holds(dataset.value));
    if (missing.length > 0) {
      addIssue({ message: `Still missing: ${missing.map((rule) => rule.label.toLowerCase()).join(', ')}.` });
    }
  }),
);

/** The same password once more, against slips of the finger; whether it is the same is asked where both stand. */
export const passwordAgainSchema = v.pipe(
  v.string('Type the password again.'),
  v.minLength(1, 'Type the password again.'),
);

/** For a partial check where both stand: `v.partialCheck(BOTH_PASSWORDS, areTheSame, NOT_THE_SAME)`. */
export const BOTH_PASSWORDS = [['password'], ['passwordConfirmation']] as const;

export const areTheSame = (typed: { password: string; passwordConfirmation: string }) =>
  typed.password === typed.passwordConfirmation;

export const NOT_THE_SAME = 'The two passwords are not the same.';
