// By its parts: the collected `Dialog` is one object with `AlertDialog`, and turns into that once both are loaded.
import * as Kobalte from '@kobalte/core/dialog';
import X from 'lucide-solid/icons/x';
import { type JSX, Show } from 'solid-js';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { createFocusReturn } from './focus-return.ts';

export type DialogProps = {
  open: boolean;
  /** Called with false on Escape, on the close button, and on a click beside the dialog. */
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One sentence under the title. */
  description?: JSX.Element;
  size?: 'small' | 'medium' | 'large';
  children: JSX.Element;
};

const WIDTHS = { small: 'sm:max-w-[26rem]', medium: 'sm:max-w-[34rem]', large: 'sm:max-w-[44rem]' };

/**
 * A modal dialog; on a phone it is a sheet at the lower edge. Focus goes to what is marked `data-first` (else to the first
 * control), stays in, and comes back.
 */
export function Dialog(props: DialogProps) {
  let content: HTMLElement | undefined;
  const focus = createFocusReturn((event) => {
    const first = content?.querySelector<HTMLElement>('[data-first]');
    if (!first) return;
    event.preventDefault();
    first.focus();
  });
  return (
    <Kobalte.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Kobalte.Portal>
        <Kobalte.Overlay class="fixed inset-0 z-40 bg-overlay" />
        <div class="fixed inset-0 z-40 flex items-end justify-center sm:items-start sm:px-4 sm:pt-[10vh]">
          <Kobalte.Content
            ref={content}
            {...focus}
            class={classNames(
              'enter-sheet flex max-h-[92dvh] w-full flex-col rounded-t-12 bg-raised shadow-raised sm:max-h-[80vh] sm:rounded-12',
              WIDTHS[props.size ?? 'medium'],
            )}
          >
            <div class="flex items-start gap-4 px-5 pt-4 pb-3">
              <div class="min-w-0 flex-1">
                <Kobalte.Title class="text-16 font-semibold break-words">{props.title}</Kobalte.Title>
                <Show when={props.description}>
                  <Kobalte.Description class="mt-0.5 text-13 text-muted">
                    {props.description}
                  </Kobalte.Description>
                </Show>
              </div>
              <Kobalte.CloseButton
                as={Button}
                variant="ghost"
                size="small"
                square
                class="-mr-1.5"
                aria-label="Close"
              >
                <X class="size-4" aria-hidden="true" />
              </Kobalte.CloseButton>
            </div>
            {props.children}
          </Kobalte.Content>
        </div>
      </Kobalte.Portal>
    </Kobalte.Root>
  );
}

/** What a dialog holds; it scrolls where it is taller than the screen. */
export function DialogBody(props: { children: JSX.Element; class?: string }) {
  return (
    <div class={classNames('min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5', props.class)}>
      {props.children}
    </div>
  );
}

/** The actions of a dialog, the one that is meant last. */
export function DialogFooter(props: { children: JSX.Element; start?: JSX.Element }) {
  return (
    <div class="flex flex-wrap items-center gap-2 border-t border-line px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      <div class="min-w-0 flex-1">{props.start}</div>
      {props.children}
    </div>
  );
}
