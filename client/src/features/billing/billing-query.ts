import { useQuery } from '@tanstack/solid-query';
import type { BillingStatus } from '../../../../shared/billing/billing-status.ts';
import { forSolid } from '../../api/for-solid.ts';
import { queries } from '../../api/queries.ts';

/** How the organization stands; `always` for a page that is about just that: it asks whenever somebody comes to it. */
export function useBillingStatus(options: { always?: boolean; enabled?: () => boolean } = {}) {
  return useQuery(() => ({
    ...forSolid(queries.billing.status.queryOptions()),
    ...(options.always ? { staleTime: 0 } : {}),
    enabled: options.enabled?.() ?? true,
  }));
}

/** Has all of billing asked for again, and whatever else shows the plan. */
export async function refreshBilling(): Promise<void> {
  await Promise.all([queries.billing.invalidate(), queries.auth.me.invalidate()]);
}

/** What a change has answered is shown at once; the invoices may have changed with it. */
export async function showBilling(status: BillingStatus): Promise<void> {
  queries.billing.status.setData(undefined, status);
  await Promise.all([queries.billing.invoices.invalidate(), queries.auth.me.invalidate()]);
}
