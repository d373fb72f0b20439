import { onMount } from 'solid-js';

/**
 * Puts the focus where a page begins. The browser heeds `autofocus` once a document, so it does nothing on the second
 * page that this app shows.
 */
export function focusFirst(element: () => HTMLElement | undefined): void {
  onMount(() => element()?.focus());
}
