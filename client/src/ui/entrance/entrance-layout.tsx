import { A } from '@solidjs/router';
import type { JSX } from 'solid-js';
import { ThemeSwitch } from '../theme/theme-switch.tsx';
import { Wordmark } from '../wordmark.tsx';

/** The pages before the door: one column, what it is for, the form, and the way to the other one. */
export function EntranceLayout(props: {
  title: string;
  sentence: JSX.Element;
  children: JSX.Element;
  footer: JSX.Element;
}) {
  return (
    <div class="flex min-h-dvh flex-col">
      <header class="flex h-14 items-center justify-between px-4 sm:px-6">
        <A href="/login" class="touch-target rounded-6">
          <Wordmark />
        </A>
        <ThemeSwitch />
      </header>
      <main class="flex flex-1 flex-col items-center px-4 pt-4 pb-12 sm:pt-[8vh]">
        <div class="w-full max-w-[25rem]">
          <h1 class="text-28 font-semibold text-pretty wrap-anywhere">{props.title}</h1>
          <p class="mt-2 text-14 text-muted text-pretty">{props.sentence}</p>
          <div class="mt-6 rounded-12 sm:border sm:border-line sm:bg-surface sm:p-6 sm:shadow-small">
            {props.children}
          </div>
          <p class="mt-5 text-14 text-muted">{props.footer}</p>
        </div>
      </main>
    </div>
  );
}

/** A link that stands in a sentence; `state` is what the page it leads to is told. */
export function TextLink(props: { href: string; state?: unknown; children: JSX.Element }) {
  return (
    <A
      href={props.href}
      state={props.state}
      class="touch-target rounded-4 font-medium text-accent-text underline decoration-accent-text/40 underline-offset-3 hover:decoration-current"
    >
      {props.children}
    </A>
  );
}
