import { type Accessor, type JSX, Match, Show, Switch, untrack } from 'solid-js';
import { createHeldError } from '../api/held-error.ts';
import { readRefusal } from '../api/refusal.ts';
import { ErrorState } from './error-state.tsx';
import { Notice } from './notice.tsx';

type Asked = Parameters<typeof createHeldError>[0] & { isFetching: boolean; refetch: () => unknown };

/**
 * What a page has to show of what it asked for: what is known, with a word when that could not be renewed; else why
 * there is nothing; else that it is on its way.
 */
export function Answer<T>(props: {
  asked: Asked;
  known: T | null | undefined;
  /** In the size of what will stand here. */
  waiting: JSX.Element;
  children: (known: Accessor<NonNullable<T>>) => JSX.Element;
}) {
  const failed = createHeldError(untrack(() => props.asked));
  return (
    <>
      <Show when={props.asked.isError && props.known}>
        <div class="mt-4">
          <Notice tone="neutral">
            What you see may be out of date. {readRefusal(props.asked.error).sentence}
          </Notice>
        </div>
      </Show>
      <div class="mt-5">
        <Switch>
          <Match when={props.known}>{(known) => props.children(known)}</Match>
          <Match when={failed()}>
            <ErrorState
              error={failed()}
              onRetry={() => void props.asked.refetch()}
              busy={props.asked.isFetching}
            />
          </Match>
          <Match when={props.asked.isPending}>{props.waiting}</Match>
        </Switch>
      </div>
    </>
  );
}
