import { onCleanup, onMount, Show } from 'solid-js';
import type { Me } from '../../../../shared/tenancy/identity.ts';
import { queries } from '../../api/queries.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { createVerificationMail } from './verification-mail.ts';

/** One line above every page for as long as nobody has shown that the address of who is signed in is theirs. */
export function VerificationBanner(props: { user: Me['user'] }) {
  return (
    <Show when={!props.user.emailVerified}>
      <AskToVerify email={props.user.email} />
    </Show>
  );
}

function AskToVerify(props: { email: string }) {
  const mail = createVerificationMail();
  // The link opens in another tab: who comes back from there need not be asked any more.
  const lookAgain = () => {
    if (document.visibilityState === 'visible') void queries.auth.me.invalidate();
  };
  onMount(() => document.addEventListener('visibilitychange', lookAgain));
  onCleanup(() => document.removeEventListener('visibilitychange', lookAgain));
  return (
    <Banner label="Verify your email address" tone="neutral">
      <p role="status" class="min-w-0 text-pretty break-words">
        <Show
          when={mail.state() !== 'sent'}
          fallback={
            <>
              Another mail is on its way to <strong class="font-medium">{props.email}</strong>. Its link works
              for a day.
            </>
          }
        >
          <Show
            when={mail.problem()}
            fallback={
              <>
                Verify <strong class="font-medium">{props.email}</strong>: open the link in the mail we sent
                you. Until then no other mail goes there.
              </>
            }
          >
            {(sentence) => sentence()}
          </Show>
        </Show>
      </p>
      <Show when={mail.state() !== 'sent'}>
        <Button size="small" busy={mail.state() === 'busy'} onClick={() => void mail.send()}>
          Send again
        </Button>
      </Show>
    </Banner>
  );
}
