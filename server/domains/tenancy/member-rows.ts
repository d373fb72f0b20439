import { asc, eq } from 'drizzle-orm';
import { members, tenants } from '../../../drizzle/schema/tenancy.ts';
import type { PlanName } from '../../../shared/billing/plans.ts';
import type { TenantName } from '../../../shared/tenancy/identity.ts';
import type { Role } from '../../../shared/tenancy/role.ts';
import type { Transaction } from '../../database/transaction.ts';

export type Membership = {
  tenant: TenantName & { plan: PlanName; removesAt: string | null };
  role: Role;
};

export async function insertMember(
  tx: Transaction,
  member: { tenantId: string; userId: string; role: Role; name: string; email: string },
): Promise<void> {
  await tx.insert(members).values(member);
}

/** Every organization a person belongs to, by name. For the identity role, which sees across organizations. */
export async function listMemberships(tx: Transaction, userId: string): Promise<Membership[]> {
  const rows = await tx
    .select({
      tenant: {
        id: tenants.id,
        name: tenants.name,
        slug: tenants.slug,
        plan: tenants.plan,
        removesAt: tenants.removesAt,
      },
      role: members.role,
    })
    .from(members)
    .innerJoin(tenants, eq(tenants.id, members.tenantId))
    .where(eq(members.userId, userId))
    .orderBy(asc(tenants.nameKey));
  return rows.map(({ tenant, role }) => ({
    tenant: { ...tenant, removesAt: tenant.removesAt?.toISOString() ?? null },
    role,
  }));
}
