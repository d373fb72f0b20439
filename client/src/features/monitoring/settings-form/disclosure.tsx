import ChevronRight from 'lucide-solid/icons/chevron-right';
import { createEffect, createSignal, createUniqueId, type JSX, Show, untrack } from 'solid-js';

/**
 * Fields that few need, behind a line that says what they are. It opens by itself when something in it is wrong, and
 * keeps what was typed when it is closed.
 */
export function Disclosure(props: {
  title: string;
  summary: string;
  openFirst?: boolean;
  wrong: boolean;
  children: JSX.Element;
}) {
  const id = createUniqueId();
  const [open, setOpen] = createSignal(untrack(() => props.openFirst ?? false));
  createEffect(() => {
    if (props.wrong) setOpen(true);
  });
  return (
    <div>
      <button
        type="button"
        aria-expanded={open()}
        aria-controls={open() ? id : undefined}
        class="touch-target -ml-1 flex max-w-full items-center gap-1.5 rounded-4 px-1 py-0.5 text-left text-13"
        onClick={() => setOpen((shown) => !shown)}
      >
        <ChevronRight
          class="size-4 shrink-0 text-muted transition-transform"
          classList={{ 'rotate-90': open() }}
          aria-hidden="true"
        />
        <span class="min-w-0">
          <span class="font-medium">{props.title}</span>
          <Show when={!open()}>
            <span class="ml-2 text-faint">{props.summary}</span>
          </Show>
        </span>
      </button>
      <Show when={open()}>
        <div id={id} class="mt-3 flex min-w-0 flex-col gap-4">
          {props.children}
        </div>
      </Show>
    </div>
  );
}
