import type { Identity } from '../../database/identity.ts';
import { holdAccount } from '../accounts/hold-account.ts';
import { findMember } from './member-rows.ts';
import { lockTenant } from './tenant-rows.ts';

/** Where an owner reads news of their organization, and how it is called. */
export type OwnerToTell = {
  email: string;
  organization: { name: string; slug: string; removesAt: Date | null };
};

/** @returns null for who is no owner any more, and for who has not verified their address: news go to nobody else */
export function findOwner(identity: Identity, tenantId: string, userId: string): Promise<OwnerToTell | null> {
  return identity.transactionIn(tenantId, async (tx) => {
    if ((await findMember(tx, tenantId, userId))?.role !== 'owner') return null;
    // First the organization, then the account, as whoever changes both.
    const { name, slug, removesAt } = await lockTenant(tx, tenantId);
    const account = await holdAccount(tx, userId);
    if (account === null || account.emailVerifiedAt === null) return null;
    return { email: account.email, organization: { name, slug, removesAt } };
  });
}
