import type { Component, ParentProps } from 'solid-js';
import { classNames } from './class-names.ts';

/** One line above every page that stands there as long as it is true: a sentence, and what can be done about it. */
export function Banner(props: ParentProps<{ label: string; tone: 'problem' | 'neutral' }>) {
  return (
    <section
      aria-label={props.label}
      class={classNames(
        'flex min-h-10 flex-wrap items-center justify-between gap-x-4 gap-y-1.5 border-b px-4 py-1.5 text-13 md:px-6 lg:px-8',
        props.tone === 'problem' ? 'border-down/30 bg-down-soft text-down-text' : 'border-line bg-sunken',
      )}
    >
      {props.children}
    </section>
  );
}

/** What a banner says, behind a picture of what it is about. */
export function BannerSentence(
  props: ParentProps<{ icon: Component<{ class?: string; 'aria-hidden'?: 'true' }> }>,
) {
  return (
    <p class="flex min-w-0 flex-1 basis-64 items-start gap-2 text-pretty">
      <props.icon class="mt-0.5 size-4 shrink-0" aria-hidden="true" />
      <span class="min-w-0 break-words">{props.children}</span>
    </p>
  );
}
