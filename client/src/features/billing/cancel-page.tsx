import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { PLANS } from '../../../../shared/billing/plans.ts';
import { buttonClass } from '../../ui/button.tsx';
import { usePageTitle } from '../../ui/page-title.ts';
import { useMe } from '../../ui/shell/me.ts';

/**
 * Where who leaves a payment page without paying comes back to. It may be one of two, and the other one paid: then nobody is told that
 * nothing was charged.
 */
export default function CancelPage() {
  const me = useMe();
  const isOn = () => me().tenant?.plan === 'pro';
  const title = () => (isOn() ? 'Pro is on already' : 'Nothing was charged');
  usePageTitle(title);
  return (
    <div class="mx-auto max-w-lg pt-6 sm:pt-12">
      <section class="rounded-8 border border-line bg-surface p-5 sm:p-6">
        <h1 class="text-20 font-semibold">{title()}</h1>
        <p class="mt-2 text-14 text-muted text-pretty">
          <Show
            when={isOn()}
            fallback={
              <>
                You left the payment page before paying. <span class="break-words">{me().tenant?.name}</span>{' '}
                is on the {PLANS.free.title} plan as before, and you can upgrade whenever you like.
              </>
            }
          >
            Nothing was paid on the page that you left. <span class="break-words">{me().tenant?.name}</span>{' '}
            is on the {PLANS.pro.title} plan; what was paid for that stands among the invoices.
          </Show>
        </p>
        <div class="mt-5 flex flex-wrap gap-2">
          <A href="/billing" class={buttonClass({ variant: 'primary' })}>
            Back to billing
          </A>
          <A href="/dashboard" class={buttonClass()}>
            Go to your monitors
          </A>
        </div>
      </section>
    </div>
  );
}
