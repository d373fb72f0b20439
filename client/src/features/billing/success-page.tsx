import { A } from '@solidjs/router';
import CircleCheck from 'lucide-solid/icons/circle-check';
import Info from 'lucide-solid/icons/info';
import { createEffect, createSignal, type JSX, Match, on, onCleanup, onMount, Show, Switch } from 'solid-js';
import { PLANS } from '../../../../shared/billing/plans.ts';
import { createHeldError } from '../../api/held-error.ts';
import { readRefusal } from '../../api/refusal.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { usePageTitle } from '../../ui/page-title.ts';
import { mayAdminister, useMe } from '../../ui/shell/me.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { TestModeNote } from './billing-notes.tsx';
import { refreshBilling, useBillingStatus } from './billing-query.ts';
import { LookAgain } from './look-again.tsx';

/** The live stream tells at once; this asks in case that it is away. */
const ASK_EVERY_MS = 5000;
/** From here on waiting needs a word. */
const LATE_AFTER_MS = 60_000;

/**
 * Where the payment page leads back to. It grants nothing: it waits until the server has heard of the payment, and says so. Loaded
 * again, or opened in another tab, it says the same.
 */
export default function SuccessPage() {
  const me = useMe();
  const isOn = () => me().tenant?.plan === 'pro' || status.data?.plan === 'pro';
  const status = useBillingStatus({
    always: true,
    askEveryMs: () => (me().tenant?.plan === 'pro' ? false : ASK_EVERY_MS),
  });
  const failed = createHeldError(status);
  const problem = () => (status.isError ? status.error : failed());
  const [late, setLate] = createSignal(false);
  let found: HTMLHeadingElement | undefined;
  usePageTitle(() => (isOn() ? 'Pro is on' : 'Waiting for the payment'));
  onMount(() => {
    const timer = setTimeout(() => setLate(true), LATE_AFTER_MS);
    onCleanup(() => clearTimeout(timer));
  });
  // Whoever heard it first, the whole app follows.
  createEffect(on(isOn, (yes) => yes && void refreshBilling()));

  return (
    <div class="mx-auto flex max-w-lg flex-col gap-4 pt-6 sm:pt-12">
      <Show when={status.data?.testMode}>
        <TestModeNote />
      </Show>
      <section class="rounded-8 border border-line bg-surface p-5 sm:p-6">
        <div role="status">
          <Switch>
            <Match when={isOn()}>
              <Title
                icon={<CircleCheck class="size-5" />}
                focusable={(element) => {
                  found = element;
                }}
              >
                Pro is on
              </Title>
              <p class="mt-2 text-14 text-muted text-pretty">
                Thank you. <span class="break-words">{me().tenant?.name}</span> has as many monitors as you
                like, checked every {PLANS.pro.minimumIntervalSeconds} seconds and from all regions, for
                everybody in it, as of now.
              </p>
            </Match>
            <Match when={status.data?.available === false}>
              <Title icon={<Info class="size-5" />}>Nothing is sold here</Title>
              <p class="mt-2 text-14 text-muted text-pretty">
                Payments are not set up on this server, so there is none to wait for.
              </p>
            </Match>
            <Match when={late()}>
              <Title icon={<Spinner />}>This takes longer than usual</Title>
              <p class="mt-2 text-14 text-muted text-pretty">
                If you paid, the payment is safe, and there is no need to pay again: Pro comes on by itself as
                soon as our payment provider tells us, within a day at the latest. This page goes on waiting,
                and you can leave it.
              </p>
              <p class="mt-2 text-14 text-muted text-pretty">
                If you did not pay, nothing was charged. If Pro is still not on tomorrow, tell whoever runs
                this server, with the time and the amount of your payment.
              </p>
            </Match>
            <Match when={true}>
              <Title icon={<Spinner />}>Waiting for your payment to be confirmed</Title>
              <p class="mt-2 text-14 text-muted text-pretty">
                Our payment provider tells us within a few seconds. You can leave this page: Pro comes on by
                itself.
              </p>
            </Match>
          </Switch>
        </div>
        <Show when={late() && !isOn() && status.data?.available && mayAdminister(me())}>
          <LookAgain isOn={isOn} onFound={() => found?.focus()} />
        </Show>
        <Show when={!isOn() && problem()}>
          <div class="mt-4">
            <Notice tone="neutral">
              {readRefusal(problem()).sentence} Meanwhile this page goes on asking.
            </Notice>
          </div>
        </Show>
        <div class="mt-5 flex flex-wrap gap-2">
          <A href="/dashboard" class={buttonClass({ variant: isOn() ? 'primary' : 'secondary' })}>
            Go to your monitors
          </A>
          <A href="/billing" class={buttonClass()}>
            See billing
          </A>
        </div>
      </section>
    </div>
  );
}

function Title(props: {
  icon: JSX.Element;
  children: string;
  /** Takes the focus when the button is gone that was pressed. */
  focusable?: (element: HTMLHeadingElement) => void;
}) {
  return (
    <h1
      ref={(element) => props.focusable?.(element)}
      tabIndex={props.focusable ? -1 : undefined}
      class="flex items-center gap-2.5 text-20 font-semibold text-balance"
    >
      <span class="flex shrink-0 text-muted" aria-hidden="true">
        {props.icon}
      </span>
      {props.children}
    </h1>
  );
}
