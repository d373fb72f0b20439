import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { invitations, tenants } from '../../../drizzle/schema/tenancy.ts';
import type { TenantName } from '../../../shared/tenancy/identity.ts';
import type { Invitation } from '../../../shared/tenancy/member.ts';
import type { Role } from '../../../shared/tenancy/role.ts';
import type { Transaction } from '../../database/transaction.ts';

/** What the app role may read of an invitation: all but the hash of its token. */
const SHOWN = {
  id: invitations.id,
  email: invitations.email,
  role: invitations.role,
  invitedByName: invitations.invitedByName,
  createdAt: invitations.createdAt,
  expiresAt: invitations.expiresAt,
};

type ShownRow = Pick<typeof invitations.$inferSelect, keyof typeof SHOWN>;

const toInvitation = ({ createdAt, expiresAt, ...row }: ShownRow): Invitation => ({
  ...row,
  invitedAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
});

/** Who was asked to join and has not answered, by address; those whose day is over are among them. */
export async function listInvitationRows(tx: Transaction, tenantId: string): Promise<Invitation[]> {
  const rows = await tx
    .select(SHOWN)
    .from(invitations)
    .where(eq(invitations.tenantId, tenantId))
    .orderBy(asc(invitations.email));
  return rows.map(toInvitation);
}

/** The invitation of an address as it is now, locked. */
export async function lockInvitationOf(
  tx: Transaction,
  tenantId: string,
  email: string,
): Promise<Invitation | null> {
  const [row] = await tx
    .select(SHOWN)
    .from(invitations)
    .where(and(eq(invitations.tenantId, tenantId), eq(invitations.email, email)))
    .for('update');
  return row === undefined ? null : toInvitation(row);
}

/**
 * Writes an invitation without a token, which the mail brings. An address that was invited before has this one now, with an
 * id of its own: a mail still to be sent for the former finds nothing.
 */
export async function putInvitation(
  tx: Transaction,
  invitation: {
    tenantId: string;
    id: string;
    email: string;
    role: Role;
    invitedBy: string;
    invitedByName: string;
  },
  seconds: number,
): Promise<Invitation> {
  const fresh = {
    ...invitation,
    tokenHash: null,
    createdAt: sql`now()`,
    expiresAt: sql`now() + make_interval(secs => ${seconds})`,
  };
  const [row] = await tx
    .insert(invitations)
    .values(fresh)
    .onConflictDoUpdate({ target: [invitations.tenantId, invitations.email], set: fresh })
    .returning(SHOWN);
  if (row === undefined) throw new Error('An invitation that was written came back from nowhere.');
  return toInvitation(row);
}

export async function lockInvitation(
  tx: Transaction,
  tenantId: string,
  id: string,
): Promise<Invitation | null> {
  const [row] = await tx
    .select(SHOWN)
    .from(invitations)
    .where(and(eq(invitations.tenantId, tenantId), eq(invitations.id, id)))
    .for('update');
  return row === undefined ? null : toInvitation(row);
}

export async function deleteInvitation(tx: Transaction, tenantId: string, id: string): Promise<void> {
  await tx.delete(invitations).where(and(eq(invitations.tenantId, tenantId), eq(invitations.id, id)));
}

/** Forgets the addresses of an organization's invitations that ended so many days ago without an answer. */
export async function deleteOldInvitations(tx: Transaction, tenantId: string, days: number): Promise<void> {
  await tx
    .delete(invitations)
    .where(
      and(
        eq(invitations.tenantId, tenantId),
        sql`${invitations.expiresAt} < now() - make_interval(days => ${days})`,
      ),
    );
}

/** Keeps the hash of the token that a mail is about to carry; it may be used for so many seconds. */
export async function setInvitationToken(
  tx: Transaction,
  { tenantId, id }: { tenantId: string; id: string },
  tokenHash: string,
  seconds: number,
): Promise<void> {
  await tx
    .update(invitations)
    .set({ tokenHash, expiresAt: sql`now() + make_interval(secs => ${seconds})` })
    .where(and(eq(invitations.tenantId, tenantId), eq(invitations.id, id)));
}

/** An invitation by its token, with the organization that invites. */
export type FoundInvitation = Invitation & { tenant: TenantName & { removesAt: Date | null } };

/** The invitation this token opens; null for one that is unknown, used, withdrawn or too old. Looks in every organization. */
export async function findInvitationByToken(
  tx: Transaction,
  tokenHash: string,
): Promise<FoundInvitation | null> {
  const [row] = await tx
    .select({
      ...SHOWN,
      tenant: { id: tenants.id, name: tenants.name, slug: tenants.slug, removesAt: tenants.removesAt },
    })
    .from(invitations)
    .innerJoin(tenants, eq(tenants.id, invitations.tenantId))
    .where(and(eq(invitations.tokenHash, tokenHash), gt(invitations.expiresAt, sql`now()`)));
  if (row === undefined) return null;
  const { tenant, ...shown } = row;
  return { ...toInvitation(shown), tenant };
}

/** Uses a token up: of many who try at once, one gets true. */
export async function takeInvitation(
  tx: Transaction,
  { tenantId, id }: { tenantId: string; id: string },
  tokenHash: string,
): Promise<boolean> {
  const taken = await tx
    .delete(invitations)
    .where(
      and(
        eq(invitations.tenantId, tenantId),
        eq(invitations.id, id),
        eq(invitations.tokenHash, tokenHash),
        gt(invitations.expiresAt, sql`now()`),
      ),
    )
    .returning({ id: invitations.id });
  return taken.length > 0;
}
