import * as v from 'valibot';
import { slugSchema } from '../tenancy/slug.ts';
import { emailSchema } from './email-schema.ts';

/** What `auth.login` takes. `tenantSlug` is the choice of a person who belongs to several organizations. */
export const loginInput = v.object({
  email: emailSchema,
  password: v.pipe(
    v.string(),
    v.minLength(1, 'Enter your password.'),
    v.maxLength(1000, 'Use 1,000 characters at most.'),
  ),
  tenantSlug: v.optional(slugSchema),
});
