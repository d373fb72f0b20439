import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { mayAdminister, useMe } from '../../ui/shell/me.ts';
import { useBillingStatus } from './billing-query.ts';

/** Where a plan says no: the way to the one that says yes. Nothing where nothing is sold, and on Pro. */
export function WayToPro(props: {
  class?: string;
  /** From within a form: what is typed stays in this tab, and hears there when Pro is on. */
  newTab?: boolean;
  onGo?: () => void;
}) {
  const me = useMe();
  const onFree = () => me().tenant?.plan === 'free';
  const status = useBillingStatus({ enabled: onFree });
  return (
    <Show when={onFree() && status.data?.available}>
      <A
        href="/billing"
        target={props.newTab ? '_blank' : undefined}
        onClick={() => props.onGo?.()}
        class={`rounded-4 font-medium text-accent-text hover:underline ${props.class ?? ''}`}
      >
        {mayAdminister(me()) && status.data?.subscribed === false ? 'Upgrade to Pro' : 'See the plans'}
        <Show when={props.newTab}>
          <span class="sr-only">, in a new tab</span>
        </Show>
      </A>
    </Show>
  );
}
