import { A, useLocation } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { PLANS } from '../../../../shared/billing/plans.ts';
import type { MonitorSummary } from '../../../../shared/monitoring/monitor.ts';
import type { Me } from '../../../../shared/tenancy/identity.ts';
import { WayToPro } from '../../features/billing/way-to-pro.tsx';
import { DESTINATIONS } from './destinations.ts';
import { WorstCount } from './worst-count.tsx';

/** The column beside the page. A phone has `BottomNav` instead. */
export function SideNav(props: { me: Me; summary: MonitorSummary | undefined }) {
  const location = useLocation();
  return (
    <aside
      aria-label="Sidebar"
      class="sticky top-12 hidden h-[calc(100dvh-3rem)] flex-col border-r border-line p-2 md:flex"
    >
      <nav aria-label="Main" class="flex-1">
        <ul>
          <For each={DESTINATIONS}>
            {(destination) => {
              const here = () => destination.isHere.test(location.pathname);
              return (
                <li>
                  <A
                    href={destination.href}
                    aria-current={here() ? 'page' : undefined}
                    class="flex h-8 items-center gap-2 rounded-6 px-2 text-14 font-medium text-muted hover:bg-sunken aria-[current=page]:bg-sunken aria-[current=page]:text-text"
                  >
                    <destination.icon class="size-4" aria-hidden="true" />
                    <span class="flex-1">{destination.label}</span>
                    <Show when={destination.href === '/dashboard'}>
                      <WorstCount summary={props.summary} />
                    </Show>
                  </A>
                </li>
              );
            }}
          </For>
        </ul>
      </nav>
      <PlanUsage me={props.me} summary={props.summary} />
    </aside>
  );
}

/** The plan and how much of it is used. */
function PlanUsage(props: { me: Me; summary: MonitorSummary | undefined }) {
  const plan = () => props.me.tenant?.plan ?? 'free';
  return (
    <div class="px-2 pb-2 text-13">
      <p class="flex flex-wrap items-baseline justify-between gap-x-2">
        <A href="/billing" class="rounded-4 font-medium hover:underline">
          {PLANS[plan()].title} plan
        </A>
        <WayToPro class="text-12" />
      </p>
      <Show when={props.summary}>
        {(summary) => (
          <Show
            when={summary().limit}
            fallback={
              <p class="text-faint figures">
                {summary().total.toLocaleString('en')} {summary().total === 1 ? 'monitor' : 'monitors'}
              </p>
            }
          >
            {(limit) => (
              <>
                <p class="text-faint figures">
                  {summary().total} of {limit()} monitors
                </p>
                <div class="mt-2 h-1 overflow-hidden rounded-full bg-sunken" aria-hidden="true">
                  <div
                    class="h-full origin-left rounded-full bg-muted"
                    style={{ transform: `scaleX(${Math.min(1, summary().total / limit())})` }}
                  />
                </div>
              </>
            )}
          </Show>
        )}
      </Show>
    </div>
  );
}
