import { type Accessor, createEffect } from 'solid-js';

/** Names the page in the browser's tab: `usePageTitle(() => 'Monitors')` gives "Monitors · StatusWatch". */
export function usePageTitle(title: Accessor<string>): void {
  createEffect(() => {
    document.title = `${title()} · StatusWatch`;
  });
}
