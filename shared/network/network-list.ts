import ipaddr from 'ipaddr.js';
import * as v from 'valibot';

/** A variable that lists networks (CIDR), with commas or spaces between them; empty unless given. */
export const networkList = (name: string) =>
  v.pipe(
    v.optional(v.string(), ''),
    v.transform((text) => text.split(/[\s,]+/).filter((item) => item !== '')),
    v.everyItem(
      (item) => ipaddr.isValidCIDR(item),
      `${name} must be a list of networks such as 10.0.0.0/8, with commas between them.`,
    ),
  );
