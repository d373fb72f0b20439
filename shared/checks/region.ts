import * as v from 'valibot';

/** A region's name as probers register it: `local`, `eu-west`, or a Fly region code such as `fra`. */
export const regionSchema = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'A region is lower-case letters, digits and hyphens, 32 at most.'),
);
