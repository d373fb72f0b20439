import { A, useLocation } from '@solidjs/router';
import CreditCard from 'lucide-solid/icons/credit-card';
import { Match, Show, Switch } from 'solid-js';
import type { Me } from '../../../../shared/tenancy/identity.ts';
import { Banner, BannerSentence } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { mayAdminister, waitsForDeletion } from '../../ui/shell/me.ts';
import { calendarDate, exactTime } from '../../ui/time/relative-time.ts';
import { createBillingActions } from './billing-actions.ts';
import { useBillingStatus } from './billing-query.ts';

/** One line above every page while a payment is missing, for those who can make it: until when, and the way to it. */
export function PastDueBanner(props: { me: Me }) {
  const place = useLocation();
  const mayPay = () => mayAdminister(props.me) && !waitsForDeletion(props.me);
  const status = useBillingStatus({ enabled: mayPay });
  const missing = () => (mayPay() && status.data?.state === 'past_due' ? status.data : undefined);
  return (
    <Show when={missing()}>
      {(known) => (
        <Banner label="A payment failed" tone="problem">
          <BannerSentence icon={CreditCard}>
            <strong class="font-semibold">The last payment for Pro failed.</strong>{' '}
            <Switch>
              <Match when={known().plan === 'free'}>
                {props.me.tenant?.name} is on the Free plan until it is made; nothing was deleted.
              </Match>
              <Match when={known().graceEndsAt} keyed>
                {(endsAt) => (
                  <>
                    Pro stays until{' '}
                    <time datetime={endsAt} title={exactTime(Date.parse(endsAt))}>
                      {calendarDate(Date.parse(endsAt))}
                    </time>
                    , so that you can pay or give another card.
                  </>
                )}
              </Match>
            </Switch>{' '}
            <Show when={place.pathname !== '/billing'}>
              <A href="/billing" class="font-medium underline">
                See billing
              </A>
            </Show>
          </BannerSentence>
          <Show when={known().available}>
            <PayNow />
          </Show>
        </Banner>
      )}
    </Show>
  );
}

function PayNow() {
  const actions = createBillingActions();
  return (
    <>
      <Button size="small" busy={actions.busy() === 'portal'} onClick={() => void actions.manage()}>
        Pay now
      </Button>
      <Show when={actions.refused()}>
        {(refusal) => (
          <p role="alert" class="w-full">
            {refusal().sentence}
          </p>
        )}
      </Show>
    </>
  );
}
