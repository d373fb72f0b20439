import type { TenantName } from '../../../shared/tenancy/identity.ts';
import type { ServerConfig } from '../../config.ts';
import type { Identity } from '../../database/identity.ts';
import { hostOrigin } from '../../host-origin.ts';
import { notFound } from '../../refusal.ts';
import type { AskingSession, Sessions } from '../accounts/sessions.ts';
import { insertHandoverCode } from './handover-rows.ts';
import { hashHandoverSecret } from './hash-handover-secret.ts';
import { newHandoverSecret } from './new-handover-secret.ts';

/** Who switches, and where their browser stands. */
type Asking = AskingSession & {
  memberships: { tenant: TenantName }[];
  /** The organization of the host that is asked; null at `PUBLIC_URL`. */
  hostSlug: string | null;
};

/**
 * Leads a person to another of their organizations. At `PUBLIC_URL` the session carries the choice, under a new token.
 * An organization's host is one organization: there the way leads to the other one's host, which has its own cookies, with
 * a code that makes a session there (docs/decisions/0010-handover.md).
 *
 * @returns where to go, and what the browser has to keep, if anything
 * @throws Refusal `not_found` for an organization that is not theirs as for one that does not exist
 */
export async function switchTenant(
  services: { config: ServerConfig; identity: Identity; sessions: Sessions },
  asking: Asking,
  tenantSlug: string,
): Promise<{ url: string; setCookie: string | null }> {
  const chosen = asking.memberships.find(({ tenant }) => tenant.slug === tenantSlug)?.tenant;
  if (chosen === undefined) throw notFound('organization');
  const { config, identity, sessions } = services;
  const { sessionId, tokenHash, hostSlug } = asking;

  if (hostSlug === null) {
    const { setCookie } = await identity.transaction((tx) =>
      sessions.rotate(tx, { sessionId, tokenHash }, { tenantId: chosen.id }),
    );
    return { url: `${hostOrigin(config, null)}/dashboard`, setCookie };
  }
  const there = hostOrigin(config, tenantSlug);
  if (hostSlug === tenantSlug) return { url: `${there}/dashboard`, setCookie: null };
  const code = newHandoverSecret();
  await identity.transaction((tx) =>
    insertHandoverCode(tx, {
      codeHash: hashHandoverSecret(code),
      sessionPublicId: sessionId,
      toTenantId: chosen.id,
    }),
  );
  const query = new URLSearchParams({ code, from: hostSlug });
  return { url: `${there}/auth/handover?${query}`, setCookie: null };
}
