import type { TenantName } from '../../../shared/tenancy/identity.ts';
import type { Identity } from '../../database/identity.ts';
import { Refusal } from '../../refusal.ts';
import { holdAccount } from '../accounts/hold-account.ts';
import type { Sessions } from '../accounts/sessions.ts';
import { verifyCredentials } from '../accounts/verify-credentials.ts';
import { listMemberships } from './member-rows.ts';

/** An id that no account has. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

export type SignInAnswer =
  | { status: 'signed_in'; setCookie: string }
  | { status: 'multiple_tenants'; tenants: TenantName[] };

/**
 * Signs a person in, to the organization that the host or their choice names, or their only one. Wrong email, wrong
 * password and an organization that is not theirs are one and the same answer.
 *
 * @throws Refusal `invalid_credentials`
 */
export async function signIn(
  services: { identity: Identity; sessions: Sessions },
  input: { email: string; password: string; tenantSlug: string | null },
  from: { ipAddress: string | null; userAgent: string | null },
): Promise<SignInAnswer> {
  const refused = new Refusal(
    'invalid_credentials',
    'This email and password do not go together. Check both, and try again.',
  );
  const user = await verifyCredentials(services.identity, input);
  // Asked for nobody, too: a wrong password takes as long as an organization that is not theirs.
  const memberships = await services.identity.transaction((tx) => listMemberships(tx, user?.id ?? NOBODY));
  if (user === null) throw refused;
  const chosen =
    input.tenantSlug === null
      ? memberships.length === 1
        ? memberships[0]
        : undefined
      : memberships.find((membership) => membership.tenant.slug === input.tenantSlug);
  if (input.tenantSlug !== null && chosen === undefined) throw refused;
  if (chosen === undefined && memberships.length > 1) {
    const tenants = memberships.map(({ tenant: { id, name, slug } }) => ({ id, name, slug }));
    return { status: 'multiple_tenants', tenants };
  }
  const tenantId = chosen?.tenant.id ?? null;
  const { setCookie } = await services.identity.transaction(async (tx) => {
    const now = await holdAccount(tx, user.id);
    // Changed since it was compared: the sessions of then have ended, and this one would be one of them.
    if (now?.passwordHash !== user.passwordHash || now.email !== user.email) throw refused;
    return services.sessions.create(tx, user.id, { tenantId, ...from });
  });
  return { status: 'signed_in', setCookie };
}
