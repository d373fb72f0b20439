import { onMount } from 'solid-js';
import { queries } from '../../api/queries.ts';
import { readRefusal } from '../../api/refusal.ts';
import { hintSignedIn, wasSignedIn } from '../../api/session-hint.ts';

/** Spares who is signed in already the login page. */
export function skipLoginWhenSignedIn(goOn: () => void): void {
  onMount(async () => {
    if (!wasSignedIn()) return;
    try {
      await queries.auth.me.fetch();
      goOn();
    } catch (error) {
      // Whatever keeps the answer away, the form is here and says it when it is sent.
      if (readRefusal(error).reason === 'not_signed_in') hintSignedIn(false);
    }
  });
}
