import { useNavigate } from '@solidjs/router';
import { Match, Show, Switch } from 'solid-js';
import { Button } from '../../ui/button.tsx';
import { focusFirst } from '../../ui/focus-first.ts';
import { WayOn } from '../accounts/way-on.tsx';
import type { OpenInvitation } from './invitation-visit.ts';
import { switchTo } from './switch-to.ts';

/** For who needs no invitation any more: the way to the organization. */
export function InvitationMember(props: { seen: OpenInvitation }) {
  const slug = () => props.seen.invitation.tenant.slug;
  const membership = () => props.seen.me?.memberships.find(({ tenant }) => tenant.slug === slug());
  return (
    <div class="flex flex-col gap-5">
      <p class="text-14 text-muted text-pretty">
        <Show when={membership()} fallback="There is nothing to accept: sign in, and you are there.">
          {(known) => <>There is nothing to accept: your role there is {known().role}, and stays so.</>}
        </Show>
      </p>
      <Switch
        fallback={
          <WayOn href="/login" state={{ email: props.seen.invitation.email }}>
            Sign in
          </WayOn>
        }
      >
        <Match when={membership() !== undefined && props.seen.me?.tenant?.slug === slug()}>
          <WayOn href="/dashboard">Go to your monitors</WayOn>
        </Match>
        <Match when={membership()}>{(known) => <GoThere tenant={known().tenant} />}</Match>
      </Switch>
    </div>
  );
}

/** The session is for another of their organizations. */
function GoThere(props: { tenant: Parameters<typeof switchTo>[1] }) {
  const navigate = useNavigate();
  let button: HTMLButtonElement | undefined;
  focusFirst(() => button);
  return (
    <Button
      ref={button}
      variant="primary"
      size="large"
      class="min-w-0"
      onClick={() => switchTo(navigate, props.tenant)}
    >
      <span class="truncate">Go to {props.tenant.name}</span>
    </Button>
  );
}
