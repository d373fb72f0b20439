import type { Role } from './role.ts';

/** Someone of an organization, as `members.list` answers them. */
export type Member = {
  userId: string;
  name: string;
  email: string;
  role: Role;
  joinedAt: string;
  /** The one who asks. */
  isYou: boolean;
};

/** How long an invitation's mail may be answered: a day. */
export const INVITATION_SECONDS = 86_400;

/** Someone who was asked to join and has not answered. */
export type Invitation = {
  id: string;
  email: string;
  role: Role;
  invitedByName: string;
  invitedAt: string;
  expiresAt: string;
};

/** What `members.list` answers; invitations are for admins and owners, and empty for everyone else. */
export type MemberList = { members: Member[]; invitations: Invitation[] };

/** What `invitations.get` tells who holds an invitation's token. */
export type InvitationShown = {
  tenant: { name: string; slug: string };
  email: string;
  role: Role;
  invitedByName: string;
  expiresAt: string;
  /** The address has an account: its password is asked for, and no new one. */
  hasAccount: boolean;
};
