import type { BillingStatus } from '../../../../shared/billing/billing-status.ts';
import { queries } from '../../api/queries.ts';
import { useQuery } from '../../api/use-query.ts';

/** How the organization stands; `always` for a page that is about just that: it asks whenever somebody comes to it. */
export function useBillingStatus(
  options: { always?: boolean; enabled?: () => boolean; askEveryMs?: () => number | false } = {},
) {
  return useQuery(() => ({
    ...queries.billing.status.queryOptions(),
    ...(options.always ? { staleTime: 0 } : {}),
    ...(options.askEveryMs ? { refetchInterval: options.askEveryMs() } : {}),
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
