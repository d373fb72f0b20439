import { A } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { Button, buttonClass } from '../../ui/button.tsx';
import { focusFirst } from '../../ui/focus-first.ts';
import { signOut } from '../accounts/sign-out.ts';
import { Named } from './invitation-named.tsx';
import type { OpenInvitation } from './invitation-visit.ts';

/** For who is signed in with another address: nothing happens to that account unless they say so. */
export function InvitationSomeoneElse(props: { seen: OpenInvitation; onSignedOut: () => Promise<void> }) {
  const [busy, setBusy] = createSignal(false);
  const email = () => props.seen.invitation.email;
  const here = () => props.seen.me?.user.email;
  const tenant = () => props.seen.invitation.tenant;
  const belongs = () => props.seen.me?.memberships.some((each) => each.tenant.slug === tenant().slug);

  const leave = async () => {
    setBusy(true);
    let opened: Promise<void> | undefined;
    await signOut(() => {
      opened = props.onSignedOut();
    });
    await opened;
    setBusy(false);
  };
  let told: HTMLDivElement | undefined;
  // Where the keyboard goes on when a form has given way to this; no button is pressed by mistake.
  focusFirst(() => told);
  return (
    <div ref={told} tabindex="-1" class="flex flex-col gap-5 outline-none">
      <p class="text-14 text-muted text-pretty">
        In this browser you are <Named>{here()}</Named>
        <Show
          when={belongs()}
          fallback={
            <>
              . Sign out to join as <Named>{email()}</Named>, or ask{' '}
              <Named>{props.seen.invitation.invitedByName}</Named> to invite the address you are signed in
              with.
            </>
          }
        >
          , who belongs to <Named>{tenant().name}</Named> already. Sign out to join as{' '}
          <Named>{email()}</Named>, too.
        </Show>
      </p>
      <div class="flex flex-col gap-2">
        <Button variant="primary" size="large" busy={busy()} onClick={() => void leave()}>
          Sign out and go on
        </Button>
        <A href="/dashboard" class={buttonClass({ size: 'large' })}>
          Stay signed in
        </A>
      </div>
    </div>
  );
}
