import * as v from 'valibot';
import { slugSchema } from './slug.ts';

/** What `auth.switchTenant` takes. */
export const switchTenantInput = v.object({ tenantSlug: slugSchema });
