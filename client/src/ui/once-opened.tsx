import { createEffect, createSignal, ErrorBoundary, type ParentProps, Show, Suspense } from 'solid-js';
import { toast } from './toast.tsx';

/**
 * Loads a dialog when it is first opened, and keeps it from then on, so that it sees itself closed and gives the focus
 * back. One that cannot be loaded leaves the page as it is.
 */
export function OnceOpened(props: ParentProps<{ open: boolean }>) {
  const [opened, setOpened] = createSignal(props.open);
  createEffect(() => {
    if (props.open) setOpened(true);
  });
  return (
    <Show when={opened()}>
      <ErrorBoundary fallback={<NotLoaded open={props.open} />}>
        <Suspense>{props.children}</Suspense>
      </ErrorBoundary>
    </Show>
  );
}

function NotLoaded(props: { open: boolean }) {
  createEffect(() => {
    if (!props.open) return;
    toast({
      tone: 'problem',
      sentence: 'This could not be opened. Check your connection, and reload the page.',
      action: { label: 'Reload', run: () => location.reload() },
    });
  });
  return null;
}
