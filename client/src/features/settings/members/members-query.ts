import type { Invitation, Member, MemberList } from '../../../../../shared/tenancy/member.ts';
import { queries } from '../../../api/queries.ts';
import { useQuery } from '../../../api/use-query.ts';

/** `id` is what tells one row from another when the list is asked for again. */
export type ListedMember = Member & { id: string };
/** Sent again, an invitation has another id of its own; its address stays, and its row with it. */
export type ListedInvitation = Invitation & { invitationId: string };

/** Who belongs to the organization and who is invited; asked again whenever somebody comes back to the page. */
export function useMembers() {
  return useQuery(() => ({
    ...queries.members.list.queryOptions(),
    staleTime: 0,
    select: ({ members, invitations }: MemberList) => ({
      members: members.map((member): ListedMember => ({ ...member, id: member.userId })),
      invitations: invitations.map(
        (invitation): ListedInvitation => ({
          ...invitation,
          invitationId: invitation.id,
          id: invitation.email,
        }),
      ),
    }),
  }));
}
