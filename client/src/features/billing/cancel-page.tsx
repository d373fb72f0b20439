import { A } from '@solidjs/router';
import { PLANS } from '../../../../shared/billing/plans.ts';
import { buttonClass } from '../../ui/button.tsx';
import { usePageTitle } from '../../ui/page-title.ts';
import { useMe } from '../../ui/shell/me.ts';

/** Where who leaves the payment page without paying comes back to. */
export default function CancelPage() {
  usePageTitle(() => 'Nothing was charged');
  const me = useMe();
  return (
    <div class="mx-auto max-w-lg pt-6 sm:pt-12">
      <section class="rounded-8 border border-line bg-surface p-5 sm:p-6">
        <h1 class="text-20 font-semibold">Nothing was charged</h1>
        <p class="mt-2 text-14 text-muted text-pretty">
          You left the payment page before paying. <span class="break-words">{me().tenant?.name}</span> is on
          the {PLANS[me().tenant?.plan ?? 'free'].title} plan as before, and you can upgrade whenever you
          like.
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
