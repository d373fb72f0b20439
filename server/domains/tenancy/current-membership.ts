import type { Identity } from '../../database/identity.ts';
import { listMemberships, type Membership } from './member-rows.ts';

/**
 * What a signed-in person belongs to, and which of it this request is for: an organization's own host decides by
 * itself, elsewhere the session carries the choice.
 */
export async function currentMembership(
  identity: Identity,
  userId: string,
  chosen: { hostSlug: string | null; sessionTenantId: string | null },
): Promise<{ current: Membership | null; memberships: Membership[] }> {
  const memberships = await identity.transaction((tx) => listMemberships(tx, userId));
  const current = memberships.find(({ tenant }) =>
    chosen.hostSlug === null ? tenant.id === chosen.sessionTenantId : tenant.slug === chosen.hostSlug,
  );
  return { current: current ?? null, memberships };
}
