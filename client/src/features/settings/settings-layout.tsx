import { A } from '@solidjs/router';
import { For, type ParentProps, Suspense } from 'solid-js';

/** What is settled for the whole organization, page by page. A page is listed here once it exists. */
const PAGES = [{ href: '/settings/regions', label: 'Regions' }];

/** The frame of every page of the settings: their names at the side, or above where it is narrow. */
export default function SettingsLayout(props: ParentProps) {
  return (
    <>
      <h1 class="text-20 font-semibold">Settings</h1>
      <div class="mt-4 lg:grid lg:grid-cols-[10rem_minmax(0,1fr)] lg:gap-8">
        <nav aria-label="Settings" class="max-lg:border-b max-lg:border-line">
          <ul class="flex gap-1 max-lg:-mb-px max-lg:overflow-x-auto lg:flex-col lg:gap-0.5">
            <For each={PAGES}>
              {(page) => (
                <li>
                  <A
                    href={page.href}
                    class="flex items-center text-14 font-medium whitespace-nowrap text-muted hover:text-text aria-[current=page]:text-text max-lg:h-10 max-lg:border-b-2 max-lg:border-transparent max-lg:px-1 max-lg:aria-[current=page]:border-text lg:h-8 lg:rounded-6 lg:px-2 lg:hover:bg-sunken lg:aria-[current=page]:bg-sunken"
                  >
                    {page.label}
                  </A>
                </li>
              )}
            </For>
          </ul>
        </nav>
        <div class="min-w-0 max-lg:mt-5">
          <Suspense>{props.children}</Suspense>
        </div>
      </div>
    </>
  );
}
