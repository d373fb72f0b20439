import type { TenantName } from '../../../../../shared/tenancy/identity.ts';
import { client } from '../../../api/client.ts';
import { queries } from '../../../api/queries.ts';
import { beginToLeave } from '../../../ui/shell/leaving.ts';
import { addressWith } from './own-address.ts';

/**
 * Gives an organization another subdomain. Who is at its own host, which is nobody's from then on, is led to the new one and stays
 * signed in.
 */
export async function moveOrganization(present: { slug: string; url: string }, slug: string): Promise<void> {
  if (location.origin !== present.url) {
    await client.tenants.update.mutate({ slug });
    await queries.auth.me.invalidate();
    return;
  }
  const stay = beginToLeave();
  try {
    const { tenant } = await client.tenants.update.mutate({ slug });
    if (tenant.slug === present.slug) stay();
    else location.replace(await wayTo(tenant, addressWith(tenant.slug, present)));
  } catch (error) {
    stay();
    throw error;
  }
}

/** With the session where that can be handed over, else to the new host's door. */
async function wayTo(tenant: TenantName, address: string): Promise<string> {
  try {
    const { url } = await client.auth.switchTenant.mutate({ tenantSlug: tenant.slug });
    return url;
  } catch {
    // It has moved, whatever became of the question: here is nothing to stay for.
    return `${address}/login?next=${encodeURIComponent('/settings/organization')}`;
  }
}
