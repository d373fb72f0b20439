import * as v from 'valibot';
import { organizationNameSchema } from './register-input.ts';
import { RESERVED_SLUGS, slugSchema } from './slug.ts';

/** Days in which a deletion can be taken back. */
export const REMOVAL_DAYS = 14;

const newSlugSchema = v.pipe(
  slugSchema,
  v.check((slug) => !RESERVED_SLUGS.includes(slug), 'This subdomain is reserved. Choose another.'),
);

/** What `tenants.update` takes: what changes. */
export const updateTenantInput = v.object({
  name: v.optional(organizationNameSchema),
  slug: v.optional(newSlugSchema),
});

/** The two forms that ask for one of it each. */
export const organizationNameInput = v.object({ name: organizationNameSchema });
export const subdomainInput = v.object({ slug: newSlugSchema });

/** What `tenants.remove` takes: the organization's name, typed, so that nobody deletes the wrong one. */
export const removeTenantInput = v.object({ name: v.pipe(v.string('Type the name.'), v.maxLength(200)) });

/** Whether that is the name as it reads: what no keyboard has, or no eye sees, may be typed as what looks like it. */
export function isTypedName(typed: string, name: string): boolean {
  return asTyped(typed) === asTyped(name);
}

export const typeTheName = (name: string) => `Type the name exactly as it is: ${name}`;

function asTyped(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[‘’ʼ]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[‐‑–—]/g, '-')
    .replace(/\s+/gu, ' ')
    .trim();
}
