import type { TenantName } from '../../../../../shared/tenancy/identity.ts';
import type { Invitation, Member } from '../../../../../shared/tenancy/member.ts';
import type { Role } from '../../../../../shared/tenancy/role.ts';
import { asRole } from '../../../../../shared/tenancy/role-words.ts';
import { client } from '../../../api/client.ts';
import { queries } from '../../../api/queries.ts';
import { readRefusal } from '../../../api/refusal.ts';
import { beginToLeave } from '../../../ui/shell/leaving.ts';
import { toast } from '../../../ui/toast.tsx';
import type { MemberQuestion } from './member-questions.ts';

/** Has the list asked for again, and who one is: a change of one's own role changes the whole app. */
export async function refreshMembers(): Promise<void> {
  await Promise.all([queries.members.invalidate(), queries.auth.me.invalidate()]);
}

/** Gives somebody else another role; one press undoes it. */
export async function changeRole(
  member: Pick<Member, 'userId' | 'name' | 'role'>,
  role: Role,
): Promise<void> {
  await act(async () => {
    await client.members.changeRole.mutate({ userId: member.userId, role });
    toast({
      sentence: `${member.name} is ${asRole(role)} now.`,
      action: { label: 'Undo', run: () => void changeRole({ ...member, role }, member.role) },
    });
  });
}

/** Invites somebody once more, with a new mail; the link of the one before opens nothing. */
export async function inviteAgain({ email, role }: Pick<Invitation, 'email' | 'role'>): Promise<void> {
  await act(async () => {
    await client.members.invite.mutate({ email, role });
    toast({ sentence: `A new invitation is on its way to ${email}.` });
  });
}

/** Takes an invitation back; one press sends a new one. */
export async function withdrawInvitation(
  invitation: Pick<Invitation, 'email' | 'role'> & { invitationId: string },
): Promise<void> {
  await act(async () => {
    await client.invitations.withdraw.mutate({ invitationId: invitation.invitationId });
    toast({
      sentence: `The invitation of ${invitation.email} is withdrawn: its link opens nothing any more.`,
      action: { label: 'Invite again', run: () => void inviteAgain(invitation) },
    });
  });
}

/**
 * Does what was asked about, once somebody said yes.
 * @returns what is true now, in a sentence; null for who left, and has another page before them
 * @throws what the server refused
 */
export async function settle(question: MemberQuestion): Promise<string | null> {
  try {
    const sentence = await answer(question);
    if (sentence !== null) await refreshMembers();
    return sentence;
  } catch (error) {
    await refreshMembers();
    throw error;
  }
}

async function answer(question: MemberQuestion): Promise<string | null> {
  switch (question.kind) {
    case 'remove':
      await client.members.remove.mutate({ userId: question.member.userId });
      return `${question.member.name} is removed.`;
    case 'make_owner':
      await client.members.changeRole.mutate({ userId: question.member.userId, role: 'owner' });
      return `${question.member.name} is an owner now.`;
    case 'transfer':
      await client.members.transferOwnership.mutate({ userId: question.member.userId });
      return `${question.member.name} is an owner now, and you are an admin.`;
    case 'step_down':
      await client.members.changeRole.mutate({ userId: question.member.userId, role: question.to });
      return `You are ${asRole(question.to)} now.`;
    case 'leave':
      await client.members.leave.mutate();
      await goOn(question.others);
      return null;
    default:
      return question satisfies never;
  }
}

/** Leads who left to the organization that is left to them, or to the page that says what there is to choose. */
async function goOn(others: TenantName[]): Promise<void> {
  beginToLeave();
  const [only, ...more] = others;
  if (only === undefined || more.length > 0) return location.assign('/dashboard');
  try {
    const { url } = await client.auth.switchTenant.mutate({ tenantSlug: only.slug });
    location.assign(url);
  } catch {
    // They have left, whatever fails now: the page that the dashboard is for them leads on.
    location.assign('/dashboard');
  }
}

/** Does something on the server, says so when that fails, and has what is shown asked for again either way. */
async function act(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    toast({ tone: 'problem', sentence: readRefusal(error).sentence });
  } finally {
    await refreshMembers();
  }
}
