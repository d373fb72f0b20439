import { onCleanup, onMount } from 'solid-js';
import { queries } from '../../api/queries.ts';

/** Without an organization there is no live stream, whose end tells of the session's: this asks as soon. */
const ASK_EVERY_MS = 4000;

/** Asks every few seconds who is signed in, and to what, for as long as the page is there. */
export function askAgainAndAgain(): void {
  onMount(() => {
    const timer = setInterval(() => void queries.auth.me.invalidate(), ASK_EVERY_MS);
    onCleanup(() => clearInterval(timer));
  });
}
