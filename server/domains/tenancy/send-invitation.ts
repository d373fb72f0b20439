import { randomBytes } from 'node:crypto';
import { INVITATION_SECONDS } from '../../../shared/tenancy/member.ts';
import type { Identity } from '../../database/identity.ts';
import { tokenHash } from '../accounts/token-hash.ts';
import type { Mailer } from '../mail/create-mailer.ts';
import { invitationMessage } from '../mail/invitation-message.ts';
import { sendMail } from '../mail/send-mail.ts';
import { lockInvitation, setInvitationToken } from './invitation-rows.ts';
import { readTenantName } from './tenant-rows.ts';

/**
 * Sends the mail of an invitation that still stands. Its token is made here, so that no queue holds one, and works for a day from
 * now; a further try makes another, and the one before opens nothing.
 */
export async function sendInvitation(
  services: { identity: Identity; mailer: Mailer; config: { publicUrl: URL } },
  { tenantId, invitationId }: { tenantId: string; invitationId: string },
): Promise<void> {
  const { identity, mailer, config } = services;
  const token = randomBytes(32).toString('base64url');
  const invitation = await identity.transactionIn(tenantId, async (tx) => {
    const found = await lockInvitation(tx, tenantId, invitationId);
    const organizationName = await readTenantName(tx, tenantId);
    if (found === null || organizationName === null) return null;
    await setInvitationToken(tx, { tenantId, id: invitationId }, tokenHash(token), INVITATION_SECONDS);
    return { ...found, organizationName };
  });
  if (invitation === null) return;
  const { email: to, organizationName, invitedByName, role } = invitation;
  const message = invitationMessage({ organizationName, invitedByName, role, token }, config.publicUrl);
  await sendMail(mailer, { to, ...message });
}
