import { createSignal, Match, onMount, Show, Switch } from 'solid-js';
import type { Me } from '../../../../shared/tenancy/identity.ts';
import { queries } from '../../api/queries.ts';
import { readRefusal } from '../../api/refusal.ts';
import { hintSignedIn, wasSignedIn } from '../../api/session-hint.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { createVerificationMail } from './verification-mail.ts';
import { WayOn } from './way-on.tsx';

/** What to do about a link that verifies nothing: another mail for who is signed in, if it is needed at all. */
export function AnotherVerification() {
  /** Undefined until it is known. */
  const [me, setMe] = createSignal<Me | null | undefined>(wasSignedIn() ? undefined : null);
  const mail = createVerificationMail();
  onMount(async () => {
    if (me() === null) return;
    try {
      setMe(await queries.auth.me.fetch(undefined, { staleTime: 0 }));
    } catch (error) {
      // Whatever keeps the answer away: who signs in is asked to verify there, too.
      setMe(null);
      if (readRefusal(error).reason === 'not_signed_in') hintSignedIn(false);
    }
  });
  return (
    <Switch fallback={<div class="h-11" aria-busy="true" />}>
      <Match when={me() === null}>
        <div class="flex flex-col gap-5">
          <p class="text-14 text-muted text-pretty">
            Sign in, and the line at the top of every page sends you another one, if it is needed.
          </p>
          <WayOn href="/login">Sign in</WayOn>
        </div>
      </Match>
      <Match when={me()?.user.emailVerified || mail.state() === 'needless'}>
        <div class="flex flex-col gap-5">
          <Notice tone="success">
            <strong class="font-semibold">{me()?.user.email}</strong> is verified.
          </Notice>
          <WayOn href="/dashboard">Go to your monitors</WayOn>
        </div>
      </Match>
      <Match when={mail.state() === 'sent'}>
        <Notice tone="success">
          Another mail is on its way to <strong class="font-semibold">{me()?.user.email}</strong>.
        </Notice>
      </Match>
      <Match when={me()}>
        {(known) => (
          <div class="flex flex-col gap-5">
            <p class="text-14 text-muted text-pretty">
              You are signed in as <strong class="font-medium text-text">{known().user.email}</strong>.
            </p>
            <Show when={mail.problem()}>{(sentence) => <Notice tone="problem">{sentence()}</Notice>}</Show>
            <Button
              variant="primary"
              size="large"
              busy={mail.state() === 'busy'}
              onClick={() => void mail.send()}
            >
              Send another link
            </Button>
          </div>
        )}
      </Match>
    </Switch>
  );
}
