import { type JSX, Show } from 'solid-js';

/** Nothing is here yet: what will be, in one sentence, and the one thing to do. `picture` shows what it will look like. */
export function EmptyState(props: {
  title: string;
  sentence: JSX.Element;
  action?: JSX.Element;
  picture?: JSX.Element;
}) {
  return (
    <div class="flex flex-col items-center px-4 py-12 text-center">
      <Show when={props.picture}>
        <div class="mb-6 w-full max-w-md" aria-hidden="true">
          {props.picture}
        </div>
      </Show>
      <h2 class="text-16 font-semibold">{props.title}</h2>
      <p class="mt-1 max-w-md text-14 text-muted text-pretty">{props.sentence}</p>
      <Show when={props.action}>
        <div class="mt-5">{props.action}</div>
      </Show>
    </div>
  );
}
