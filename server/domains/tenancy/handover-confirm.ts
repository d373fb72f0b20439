import type { Identity } from '../../database/identity.ts';
import type { Sessions } from '../accounts/sessions.ts';
import { bindHandoverCode } from './handover-rows.ts';
import { hashHandoverSecret } from './hash-handover-secret.ts';

/**
 * The middle of a handover, at the host that asked: its session stands for the browser that showed itself at the other
 * host. Only the session that asked for the code can, and once.
 *
 * @returns the slug of the organization to go on to; null when this session has nothing to do with the code
 */
export async function confirmHandover(
  services: { identity: Identity; sessions: Sessions },
  visit: { code: string; browserHash: string; cookieHeader: string; ipAddress: string | null },
): Promise<string | null> {
  const { signedIn } = await services.sessions.read(visit.cookieHeader, visit.ipAddress);
  if (signedIn === null) return null;
  return services.identity.transaction((tx) =>
    bindHandoverCode(tx, {
      codeHash: hashHandoverSecret(visit.code),
      sessionPublicId: signedIn.session.publicId,
      browserHash: visit.browserHash,
    }),
  );
}
