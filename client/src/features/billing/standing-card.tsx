import { createUniqueId, For, type JSX, Show } from 'solid-js';
import type { BillingStatus } from '../../../../shared/billing/billing-status.ts';
import { PLANS } from '../../../../shared/billing/plans.ts';
import { Instant } from '../../ui/time/instant.tsx';
import { calendarDate, exactTime } from '../../ui/time/relative-time.ts';
import { type Part, standingWords } from './standing.ts';

/** How the organization stands: its plan, the next date, how much is used, and what can be done about it. */
export function StandingCard(props: {
  status: BillingStatus;
  focusable: (heading: HTMLHeadingElement) => void;
  children: JSX.Element;
}) {
  const headingId = createUniqueId();
  const words = () => standingWords(props.status);
  return (
    <section
      aria-labelledby={headingId}
      class="flex flex-wrap items-start justify-between gap-x-8 gap-y-4 rounded-8 border border-line bg-surface p-4 sm:p-5"
    >
      <div class="min-w-0 flex-1 basis-72">
        <h3 ref={props.focusable} id={headingId} tabindex="-1" class="text-14 font-semibold outline-none">
          {words().title}
        </h3>
        <p class="mt-0.5 max-w-xl text-13 text-muted text-pretty">
          <For each={words().sentence}>{(part) => <Words part={part} />}</For>
        </p>
        <div class="mt-4 flex flex-wrap gap-2 empty:hidden">{props.children}</div>
      </div>
      <Usage status={props.status} />
    </section>
  );
}

function Words(props: { part: Part }) {
  const at = () => (typeof props.part === 'string' ? null : props.part.at);
  return (
    <Show when={at()} fallback={props.part as string}>
      {(instant) => (
        <Instant at={instant()} exact={exactTime(Date.parse(instant()))} class="font-medium text-text">
          {calendarDate(Date.parse(instant()))}
        </Instant>
      )}
    </Show>
  );
}

function Usage(props: { status: BillingStatus }) {
  const usage = () => props.status.usage;
  const paused = () => usage().monitors - usage().checkedMonitors;
  return (
    <dl aria-label="In use" class="w-full text-13 sm:w-56">
      <UsageLine
        name="Monitors"
        used={usage().monitors}
        limit={PLANS[props.status.plan].monitors}
        aside={paused() === 0 ? '' : `, ${paused()} paused`}
      />
      <UsageLine name="Members" used={usage().members} limit={PLANS[props.status.plan].members} />
    </dl>
  );
}

/** Where there is a limit, a bar says how near it is. */
function UsageLine(props: { name: string; used: number; limit: number | null; aside?: string }) {
  return (
    <div class="not-first:mt-3">
      <dt class="float-left text-muted">{props.name}</dt>
      <dd class="text-right font-medium figures">
        {props.used.toLocaleString('en')}
        <Show when={props.limit}>{(limit) => <> of {limit().toLocaleString('en')}</>}</Show>
        <span class="font-normal text-muted">{props.aside}</span>
        <Show when={props.limit}>
          {(limit) => (
            <span class="mt-1.5 block h-1 overflow-hidden rounded-full bg-sunken" aria-hidden="true">
              <span
                class="block h-full origin-left rounded-full bg-muted"
                style={{ transform: `scaleX(${Math.min(1, props.used / limit())})` }}
              />
            </span>
          )}
        </Show>
      </dd>
    </div>
  );
}
