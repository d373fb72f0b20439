import Mail from 'lucide-solid/icons/mail';
import { Show } from 'solid-js';
import { asRole, roleTitle } from '../../../../../shared/tenancy/role-words.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Ago } from '../../../ui/time/ago.tsx';
import { useNow } from '../../../ui/time/ticker.ts';
import { PersonRow } from './member-row.tsx';
import type { ListedInvitation } from './members-query.ts';

/** Someone who was asked to join and has not answered. */
export function InvitationRow(props: {
  invitation: ListedInvitation;
  /** Whether who looks may send it again and withdraw it. */
  mayManage: boolean;
  busy: 'again' | 'withdraw' | null;
  onAgain: () => void;
  onWithdraw: () => void;
}) {
  const now = useNow();
  const invitation = () => props.invitation;
  const isExpired = () => Date.parse(invitation().expiresAt) <= now();
  return (
    <PersonRow
      sign={<Mail class="size-4" />}
      title={invitation().email}
      badge={isExpired() ? 'Expired' : null}
      facts={
        <>
          <span>to be {asRole(invitation().role)}</span>
          <span class="min-w-0 break-words">
            invited by {invitation().invitedByName} <Ago at={invitation().invitedAt} />
          </span>
          <span>
            {isExpired() ? 'ended' : 'ends'} <Ago at={invitation().expiresAt} />
          </span>
        </>
      }
    >
      <Show when={props.mayManage} fallback={<Badge>{roleTitle(invitation().role)}</Badge>}>
        <Button
          size="small"
          busy={props.busy === 'again'}
          aria-label={`Send again to ${invitation().email}`}
          onClick={() => props.onAgain()}
        >
          Send again
        </Button>
        <Button
          size="small"
          variant="ghost"
          busy={props.busy === 'withdraw'}
          aria-label={`Withdraw the invitation of ${invitation().email}`}
          onClick={() => props.onWithdraw()}
        >
          Withdraw
        </Button>
      </Show>
    </PersonRow>
  );
}
