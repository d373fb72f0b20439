import * as v from 'valibot';

/** Text that Postgres can keep as it is: its text and JSON know neither NUL nor half a surrogate pair. */
export const storableText = v.check(
  (text: string) => text.isWellFormed() && !text.includes('\0'),
  'Leave out NUL characters and broken Unicode.',
);
