import { and, asc, count, eq } from 'drizzle-orm';
import { members, tenants } from '../../../drizzle/schema/tenancy.ts';
import type { PlanName } from '../../../shared/billing/plans.ts';
import type { TenantName } from '../../../shared/tenancy/identity.ts';
import type { Role } from '../../../shared/tenancy/role.ts';
import type { Transaction } from '../../database/transaction.ts';

export type MemberRow = typeof members.$inferSelect;

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

// The identity role reads members across organizations: each statement below says of which.

const one = (tenantId: string, userId: string) =>
  and(eq(members.tenantId, tenantId), eq(members.userId, userId));

/** Everyone of an organization, who has been there longest first. */
export function listMemberRows(tx: Transaction, tenantId: string): Promise<MemberRow[]> {
  return tx
    .select()
    .from(members)
    .where(eq(members.tenantId, tenantId))
    .orderBy(asc(members.createdAt), asc(members.userId));
}

export async function findMember(
  tx: Transaction,
  tenantId: string,
  userId: string,
): Promise<MemberRow | null> {
  const [row] = await tx.select().from(members).where(one(tenantId, userId));
  return row ?? null;
}

export async function isMemberEmail(tx: Transaction, tenantId: string, email: string): Promise<boolean> {
  const [row] = await tx
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.tenantId, tenantId), eq(members.email, email)));
  return row !== undefined;
}

export async function countMembers(tx: Transaction, tenantId: string): Promise<number> {
  const [row] = await tx.select({ members: count() }).from(members).where(eq(members.tenantId, tenantId));
  return row?.members ?? 0;
}

export async function countOwners(tx: Transaction, tenantId: string): Promise<number> {
  const [row] = await tx
    .select({ owners: count() })
    .from(members)
    .where(and(eq(members.tenantId, tenantId), eq(members.role, 'owner')));
  return row?.owners ?? 0;
}

export async function setMemberRole(
  tx: Transaction,
  { tenantId, userId }: { tenantId: string; userId: string },
  role: Role,
): Promise<void> {
  await tx.update(members).set({ role }).where(one(tenantId, userId));
}

export async function deleteMember(
  tx: Transaction,
  { tenantId, userId }: { tenantId: string; userId: string },
): Promise<void> {
  await tx.delete(members).where(one(tenantId, userId));
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
