import type { PlanName } from '../billing/plans.ts';
import type { Role } from './role.ts';

export type TenantName = { id: string; name: string; slug: string };

/** What `auth.me` answers: who is signed in, and for which organization. */
export type Me = {
  user: {
    id: string;
    email: string;
    name: string;
    emailVerified: boolean;
    /** The address they asked to change to, until a mail to it was answered. */
    pendingEmail: string | null;
  };
  /** `url`: the origin of its own host; `removesAt`: when it is deleted for good, where that was asked for. */
  tenant: (TenantName & { plan: PlanName; url: string; removesAt: string | null }) | null;
  role: Role | null;
  memberships: { tenant: TenantName; role: Role }[];
};
