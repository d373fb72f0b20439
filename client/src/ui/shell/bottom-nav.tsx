import { A, useLocation } from '@solidjs/router';
import { For, Show } from 'solid-js';
import type { MonitorSummary } from '../../../../shared/monitoring/monitor.ts';
import { DESTINATIONS } from './destinations.ts';
import { WorstCount } from './worst-count.tsx';

/** Where a phone, which has no room beside the page, is led on from: the lower edge, under the thumb. */
export function BottomNav(props: { summary: MonitorSummary | undefined }) {
  const location = useLocation();
  return (
    <nav
      aria-label="Main"
      class="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul class="flex h-14">
        <For each={DESTINATIONS}>
          {(destination) => (
            <li class="flex-1">
              <A
                href={destination.href}
                aria-current={destination.isHere.test(location.pathname) ? 'page' : undefined}
                class="flex h-full flex-col items-center justify-center gap-0.5 text-12 font-medium text-muted -outline-offset-2 aria-[current=page]:text-text"
              >
                <span class="relative">
                  <destination.icon class="size-5" aria-hidden="true" />
                  <Show when={destination.href === '/dashboard'}>
                    <span class="absolute -top-1 left-full ml-1">
                      <WorstCount summary={props.summary} />
                    </span>
                  </Show>
                </span>
                {destination.label}
              </A>
            </li>
          )}
        </For>
      </ul>
    </nav>
  );
}
