import { createSignal, For, Show } from 'solid-js';
import { mayManage } from '../../../../../shared/tenancy/may-manage.ts';
import { InvitationRow } from './invitation-row.tsx';
import { inviteAgain, withdrawInvitation } from './member-actions.ts';
import type { ListedInvitation } from './members-query.ts';
import type { Looker } from './membership-rules.ts';

/** Who was asked to join and has not answered, by address. */
export function InvitationList(props: {
  invitations: ListedInvitation[];
  looker: Looker;
  /** Called when a row goes by what was done in it, and the focus with it. */
  onGone: () => void;
}) {
  const [busy, setBusy] = createSignal<{ id: string; what: 'again' | 'withdraw' } | null>(null);
  const act = async (
    invitation: ListedInvitation,
    what: 'again' | 'withdraw',
    work: (invitation: ListedInvitation) => Promise<void>,
  ) => {
    if (busy() !== null) return;
    setBusy({ id: invitation.id, what });
    await work({ ...invitation });
    setBusy(null);
    if (!props.invitations.some(({ id }) => id === invitation.id)) props.onGone();
  };
  return (
    <Show
      when={props.invitations.length > 0}
      fallback={
        <p class="rounded-8 border border-line border-dashed px-4 py-5 text-14 text-muted text-pretty">
          No invitation is open. Whoever is invited stands here until they answer.
        </p>
      }
    >
      <ul aria-label="Invitations" class="rounded-8 border border-line bg-surface">
        <For each={props.invitations}>
          {(invitation) => (
            <InvitationRow
              invitation={invitation}
              mayManage={props.looker.mayChange && mayManage(props.looker.role, invitation.role)}
              busy={busy()?.id === invitation.id ? (busy()?.what ?? null) : null}
              onAgain={() => void act(invitation, 'again', inviteAgain)}
              onWithdraw={() => void act(invitation, 'withdraw', withdrawInvitation)}
            />
          )}
        </For>
      </ul>
    </Show>
  );
}
