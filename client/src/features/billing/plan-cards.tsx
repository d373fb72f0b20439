import { createUniqueId, For, type JSX, Show } from 'solid-js';
import type { Price } from '../../../../shared/billing/billing-status.ts';
import { priceWords } from '../../../../shared/billing/money-words.ts';
import { PLANS, type PlanName } from '../../../../shared/billing/plans.ts';
import { Badge } from '../../ui/badge.tsx';
import { planLines } from './plan-lines.ts';

/** The plans side by side, with the same lines in each. */
export function PlanCards(props: {
  plan: PlanName;
  /** What Pro costs; null where that is not known. */
  price: Price | null;
  /** Whether a price is said at all: where nothing is sold there is none. */
  sold: boolean;
  /** What stands under Pro. */
  action?: JSX.Element;
}) {
  return (
    <section aria-label="Plans" class="grid gap-4 sm:grid-cols-2">
      <PlanCard plan="free" isYours={props.plan === 'free'} price={props.sold ? 'Free of charge' : null} />
      <PlanCard
        plan="pro"
        isYours={props.plan === 'pro'}
        price={
          props.sold
            ? props.price === null
              ? 'The price is shown before you pay'
              : priceWords(props.price)
            : null
        }
        action={props.action}
      />
    </section>
  );
}

function PlanCard(props: { plan: PlanName; isYours: boolean; price: string | null; action?: JSX.Element }) {
  const headingId = createUniqueId();
  return (
    <article
      aria-labelledby={headingId}
      class="flex flex-col rounded-8 border bg-surface p-4 sm:p-5"
      classList={{ 'border-text': props.isYours, 'border-line': !props.isYours }}
    >
      <div class="flex min-h-5 flex-wrap items-center justify-between gap-2">
        <h3 id={headingId} class="text-16 font-semibold">
          {PLANS[props.plan].title}
        </h3>
        <Show when={props.isYours}>
          <Badge>Your plan</Badge>
        </Show>
      </div>
      <Show when={props.price}>
        <p class="mt-0.5 text-14 text-muted figures">{props.price}</p>
      </Show>
      <dl class="mt-4 text-14">
        <For each={planLines(PLANS[props.plan])}>
          {(line) => (
            <div class="flex items-baseline justify-between gap-4 border-t border-line py-2">
              <dt class="text-muted">{line.name}</dt>
              <dd class="text-right font-medium figures">{line.value}</dd>
            </div>
          )}
        </For>
      </dl>
      <Show when={props.action}>
        <div class="mt-auto pt-3">{props.action}</div>
      </Show>
    </article>
  );
}
