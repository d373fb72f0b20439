import type { Navigator } from '@solidjs/router';
import type { TenantName } from '../../../../shared/tenancy/identity.ts';

/** What the page that switches is told, beside its address. */
export type SwitchTo = { tenantSlug: string };

/** Leads to another of a person's organizations, by way of the page that does it. */
export function switchTo(navigate: Navigator, tenant: TenantName): void {
  const state: SwitchTo = { tenantSlug: tenant.slug };
  navigate('/switch', { state });
}
