import ChevronDown from 'lucide-solid/icons/chevron-down';
import { createEffect, createSignal, createUniqueId, type JSX, Show } from 'solid-js';

/** Settings that belong together: what they are about at the left, or above where it is narrow, and the fields. */
export function SettingsSection(props: { title: string; sentence: string; children: JSX.Element }) {
  const id = createUniqueId();
  return (
    <fieldset
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-sentence`}
      class="min-w-0 border-t border-line py-6 first:border-t-0 first:pt-0 last:pb-0 @3xl:grid @3xl:grid-cols-[15rem_minmax(0,1fr)] @3xl:gap-x-10"
    >
      <div class="mb-4 @3xl:mb-0">
        <h3 id={`${id}-title`} class="text-14 font-semibold">
          {props.title}
        </h3>
        <p id={`${id}-sentence`} class="mt-0.5 text-13 text-muted text-pretty">
          {props.sentence}
        </p>
      </div>
      <div class="flex min-w-0 flex-col gap-4">{props.children}</div>
    </fieldset>
  );
}

/**
 * The same behind one line that says what is set, for where there is no room for all of it at once. It opens by itself
 * when something in it is wrong.
 */
export function FoldedSection(props: {
  title: string;
  summary: string;
  wrong: boolean;
  children: JSX.Element;
}) {
  const id = createUniqueId();
  const [open, setOpen] = createSignal(false);
  createEffect(() => {
    if (props.wrong) setOpen(true);
  });
  return (
    <fieldset aria-labelledby={`${id}-title`} class="min-w-0 border-t border-line first:border-t-0">
      <h3>
        <button
          type="button"
          aria-expanded={open()}
          aria-controls={open() ? id : undefined}
          class="flex w-full items-start gap-3 rounded-4 py-3 text-left hover:text-text"
          onClick={() => setOpen((shown) => !shown)}
        >
          <span class="min-w-0 flex-1 @lg:flex @lg:gap-3">
            <span id={`${id}-title`} class="block text-14 font-medium @lg:w-36 @lg:shrink-0">
              {props.title}
            </span>
            <Show when={!open()}>
              <span class="block min-w-0 text-13 break-words text-muted text-pretty">{props.summary}</span>
            </Show>
          </span>
          <ChevronDown
            class="mt-0.5 size-4 shrink-0 text-muted transition-transform"
            classList={{ 'rotate-180': open() }}
            aria-hidden="true"
          />
        </button>
      </h3>
      <Show when={open()}>
        <div id={id} class="flex min-w-0 flex-col gap-4 pt-1 pb-5">
          {props.children}
        </div>
      </Show>
    </fieldset>
  );
}

/** Short fields beside each other, where there is room. */
export function FieldRow(props: { children: JSX.Element }) {
  return <div class="grid items-start gap-4 @md:grid-cols-2 @xl:grid-cols-3">{props.children}</div>;
}
