import type { PlanName } from '../billing/plans.ts';
import type { Role } from './role.ts';

export type TenantName = { id: string; name: string; slug: string };

/** What `auth.me` answers: who is signed in, and for which organization. */
export type Me = {
  user: { id: string; email: string; name: string; emailVerified: boolean };
  tenant: (TenantName & { plan: PlanName }) | null;
  role: Role | null;
  memberships: { tenant: TenantName; role: Role }[];
};
