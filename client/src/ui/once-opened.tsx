import { createEffect, createSignal, type ParentProps, Show, Suspense } from 'solid-js';

/** Loads a dialog when it is first opened, and keeps it from then on, so that it sees itself closed and gives the focus back. */
export function OnceOpened(props: ParentProps<{ open: boolean }>) {
  const [opened, setOpened] = createSignal(props.open);
  createEffect(() => {
    if (props.open) setOpened(true);
  });
  return (
    <Show when={opened()}>
      <Suspense>{props.children}</Suspense>
    </Show>
  );
}
