import { Show } from 'solid-js';
import { wasSignedIn } from '../../api/session-hint.ts';
import { WayOn } from '../accounts/way-on.tsx';
import type { InvitationVisitState } from './invitation-visit.ts';

/** Where a link that opens nothing leaves its reader: what may help, and the one way on. */
export function InvitationEnd(props: { state: InvitationVisitState }) {
  const me = () => ('me' in props.state ? props.state.me : null);
  const isSignedIn = () => me() !== null || (props.state.at === 'broken' && wasSignedIn());
  return (
    <div class="flex flex-col gap-5">
      <Show when={props.state.at === 'expired'}>
        <ul class="flex list-disc flex-col gap-1 pl-5 text-14 text-muted text-pretty">
          <li>If you have joined already, there is nothing left to do.</li>
          <li>If there are several mails, only the newest one works.</li>
          <li>Otherwise ask whoever invited you to send another.</li>
        </ul>
      </Show>
      <Show when={isSignedIn()} fallback={<WayOn href="/login">Sign in</WayOn>}>
        <Show
          when={me()?.memberships.length !== 0}
          fallback={<WayOn href="/settings/profile">Go to your profile</WayOn>}
        >
          <WayOn href="/dashboard">Go to your monitors</WayOn>
        </Show>
      </Show>
    </div>
  );
}
