import * as v from 'valibot';

/** What no name has in it: control characters, halves of characters, and what turns the direction of all text after it. */
export const plainText = v.regex(
  /^[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]*$/u,
  'Use no control characters.',
);

/** A name that nobody can see is none. An empty one has a sentence of its own. */
export const visibleText = v.regex(/^$|[^\p{Z}\p{C}\p{M}]/u, 'Use a character that can be seen.');
