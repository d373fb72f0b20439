import type { Identity } from '../../database/identity.ts';
import { holdAccount } from '../accounts/hold-account.ts';
import type { Sessions } from '../accounts/sessions.ts';
import { findHandoverCode, takeHandoverCode } from './handover-rows.ts';
import { hashHandoverSecret } from './hash-handover-secret.ts';
import { listMemberships } from './member-rows.ts';

export type Arrival =
  /** Nobody has stood for a browser yet: this one is to be shown to the host that asked. */
  | { step: 'show_browser' }
  | { step: 'signed_in'; userId: string; tenantId: string; setCookie: string }
  | { step: 'refused' };

/**
 * Both ends of a handover, at the host it leads to. The first visit only learns that there is such a code; the second, by
 * the browser that the asking session stood for, uses it up and has a session here, if its person is still a member.
 */
export async function arriveByHandover(
  services: { identity: Identity; sessions: Sessions },
  visit: {
    code: string;
    /** The organization of this host. */
    hostSlug: string;
    /** What this browser was given at its first visit. */
    nonce: string | null;
    cookieHeader: string;
    ipAddress: string | null;
    userAgent: string | null;
  },
): Promise<Arrival> {
  const { identity, sessions } = services;
  const codeHash = hashHandoverSecret(visit.code);
  const browserHash = visit.nonce === null ? null : hashHandoverSecret(visit.nonce);

  const known = await identity.transaction((tx) => findHandoverCode(tx, codeHash, visit.hostSlug));
  if (known === null) return { step: 'refused' };
  if (known.browserHash === null) return { step: 'show_browser' };
  if (browserHash === null || known.browserHash !== browserHash) return { step: 'refused' };

  const { ipAddress, userAgent } = visit;
  const arrived = await identity.transaction(async (tx) => {
    // First: a change of password ends the session that asked, and would not see the one that begins here.
    await holdAccount(tx, known.userId);
    const taken = await takeHandoverCode(tx, { codeHash, browserHash });
    if (taken === null) return null;
    const memberships = await listMemberships(tx, taken.userId);
    const { tenantId, userId } = taken;
    if (!memberships.some(({ tenant }) => tenant.id === tenantId)) return null;
    const { setCookie } = await sessions.create(tx, userId, { tenantId, ipAddress, userAgent });
    return { tenantId, userId, setCookie };
  });
  if (arrived === null) return { step: 'refused' };
  // Whoever was signed in here before, in the same browser, is not any more.
  await sessions.end(visit.cookieHeader);
  return { step: 'signed_in', ...arrived };
}
