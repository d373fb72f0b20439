import CircleAlert from 'lucide-solid/icons/circle-alert';
import { Show } from 'solid-js';
import { mayPass, readRefusal } from '../api/refusal.ts';
import { Button } from './button.tsx';

/** Something could not be loaded: why, and a way to try again. */
export function ErrorState(props: { error: unknown; onRetry?: () => void; busy?: boolean }) {
  return (
    <div role="alert" class="flex flex-col items-center px-4 py-12 text-center">
      <CircleAlert class="mb-3 size-6 text-muted" aria-hidden="true" />
      <h2 class="text-16 font-semibold">This could not be loaded</h2>
      <p class="mt-1 max-w-md text-14 text-muted text-pretty">
        {readRefusal(props.error).sentence}
        <Show when={mayPass(props.error)}> Meanwhile this page tries by itself.</Show>
      </p>
      <Show when={props.onRetry}>
        <Button class="mt-5" busy={props.busy} onClick={() => props.onRetry?.()}>
          Try again
        </Button>
      </Show>
    </div>
  );
}
