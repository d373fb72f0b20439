import { A, useLocation } from '@solidjs/router';
import { createEffect, For, on, type ParentProps, Show, Suspense } from 'solid-js';
import { useMe } from '../../ui/shell/me.ts';
import { OF_PERSON, organizationPagesOf, type SettingsPage } from './settings-pages.ts';

/** The frame of every page of the settings: their names at the side, or above where it is narrow. */
export default function SettingsLayout(props: ParentProps) {
  const me = useMe();
  const place = useLocation();
  let nav: HTMLElement | undefined;
  // Where the names stand in one line that is longer than the screen, the page that is open is in it to see.
  createEffect(
    on(
      () => place.pathname,
      () => nav?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' }),
    ),
  );
  return (
    <>
      <h1 class="text-20 font-semibold">Settings</h1>
      <div class="mt-4 lg:grid lg:grid-cols-[10rem_minmax(0,1fr)] lg:gap-8">
        <nav
          ref={nav}
          aria-label="Settings"
          class="max-lg:flex max-lg:gap-4 max-lg:overflow-x-auto max-lg:border-b max-lg:border-line"
        >
          <PageList title="You" pages={OF_PERSON} />
          <PageList title={me().tenant?.name ?? ''} pages={organizationPagesOf(me())} />
        </nav>
        <div class="min-w-0 max-lg:mt-5">
          <Suspense>{props.children}</Suspense>
        </div>
      </div>
    </>
  );
}

function PageList(props: { title: string; pages: SettingsPage[] }) {
  return (
    <Show when={props.pages.length > 0}>
      <p
        aria-hidden="true"
        class="mb-1 truncate px-2 text-12 font-medium text-faint max-lg:hidden not-first:lg:mt-4"
      >
        {props.title}
      </p>
      <ul aria-label={props.title} class="flex gap-4 max-lg:-mb-px lg:flex-col lg:gap-0.5">
        <For each={props.pages}>
          {(page) => (
            <li>
              <A
                href={page.href}
                class="flex items-center text-14 font-medium whitespace-nowrap text-muted hover:text-text aria-[current=page]:text-text max-lg:h-10 max-lg:border-b-2 max-lg:border-transparent max-lg:px-1 max-lg:-outline-offset-2 max-lg:aria-[current=page]:border-text lg:h-8 lg:rounded-6 lg:px-2 lg:hover:bg-sunken lg:aria-[current=page]:bg-sunken"
              >
                {page.label}
              </A>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
