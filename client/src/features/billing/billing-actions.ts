import { type Accessor, createSignal, onCleanup, onMount } from 'solid-js';
import type { BillingStatus } from '../../../../shared/billing/billing-status.ts';
import { client } from '../../api/client.ts';
import { type ReadRefusal, readRefusal } from '../../api/refusal.ts';
import { calendarDate } from '../../ui/time/relative-time.ts';
import { toast } from '../../ui/toast.tsx';
import { refreshBilling, showBilling } from './billing-query.ts';

type Deed = 'checkout' | 'portal' | 'resume' | 'look';

export type BillingActions = {
  busy: Accessor<Deed | null>;
  refused: Accessor<ReadRefusal | null>;
  /** Both lead to pages of the payment provider. */
  upgrade: () => Promise<void>;
  manage: () => Promise<void>;
  resume: () => Promise<void>;
  /** Has the payment provider asked at once how things stand. */
  look: () => Promise<void>;
};

/** What can be done about a subscription, one thing at a time, and why the last one was refused. */
export function createBillingActions(): BillingActions {
  const [busy, setBusy] = createSignal<Deed | null>(null);
  const [refused, setRefused] = createSignal<ReadRefusal | null>(null);

  // Who comes back from the provider by the browser's own way back may have this page as they left it.
  const comeBack = (event: PageTransitionEvent) => {
    if (!event.persisted) return;
    setBusy(null);
    void refreshBilling();
  };
  onMount(() => window.addEventListener('pageshow', comeBack));
  onCleanup(() => window.removeEventListener('pageshow', comeBack));

  const act = async (deed: Deed, work: () => Promise<'left' | 'done'>) => {
    if (busy() !== null) return;
    setBusy(deed);
    setRefused(null);
    try {
      // A page that is on its way elsewhere stays busy until it is gone.
      if ((await work()) === 'done') setBusy(null);
    } catch (error) {
      setBusy(null);
      setRefused(readRefusal(error));
      // It may have been refused since somebody else was faster: the page says so then.
      await refreshBilling();
    }
  };
  const leadTo = async (ask: () => Promise<{ url: string }>): Promise<'left'> => {
    const { url } = await ask();
    location.assign(url);
    return 'left';
  };
  return {
    busy,
    refused,
    upgrade: () => act('checkout', () => leadTo(() => client.billing.startCheckout.mutate({ plan: 'pro' }))),
    manage: () => act('portal', () => leadTo(() => client.billing.openPortal.mutate())),
    resume: () =>
      act('resume', async () => {
        const status = await client.billing.resume.mutate();
        await showBilling(status);
        toast({ sentence: 'The subscription goes on.' });
        return 'done';
      }),
    look: () =>
      act('look', async () => {
        await showBilling(await client.billing.refresh.mutate());
        return 'done';
      }),
  };
}

/** Has the subscription end with its period. @returns what is true now, in a sentence @throws what the server refused */
export async function cancelSubscription(): Promise<string> {
  try {
    const status: BillingStatus = await client.billing.cancel.mutate();
    await showBilling(status);
    return status.cancelAt === null
      ? 'The subscription is cancelled.'
      : `The subscription is cancelled, and ends on ${calendarDate(Date.parse(status.cancelAt))}.`;
  } catch (error) {
    await refreshBilling();
    throw error;
  }
}
