import type * as v from 'valibot';
import type { removalMailQueue } from '../../../shared/jobs/queues.ts';
import type { ServerConfig } from '../../config.ts';
import type { Identity } from '../../database/identity.ts';
import { hostOrigin } from '../../host-origin.ts';
import type { Logger } from '../../log.ts';
import type { Mailer } from '../mail/create-mailer.ts';
import { sendMail } from '../mail/send-mail.ts';
import { findOwner } from './find-owner.ts';
import { findMember } from './member-rows.ts';
import { removalMessage } from './removal-message.ts';

type Needed = {
  identity: Identity;
  mailer: Mailer;
  config: Pick<ServerConfig, 'publicUrl' | 'tenantDomainSuffix'>;
  log: Logger;
};

/**
 * Tells an owner that their organization will be deleted, if that is so still: what was undone meanwhile alarms nobody.
 *
 * @throws FailedForGood when the address takes no mail; anything else when it may be tried again
 */
export async function sendRemovalMail(
  { identity, mailer, config, log }: Needed,
  { tenantId, userId, askedBy }: v.InferOutput<typeof removalMailQueue.payload>,
): Promise<void> {
  const owner = await findOwner(identity, tenantId, userId);
  if (owner === null || owner.organization.removesAt === null) return;
  const { name, slug, removesAt } = owner.organization;
  const asker = askedBy === null ? null : await readMemberName(identity, tenantId, askedBy);
  const settingsUrl = `${hostOrigin(config, slug)}/settings/organization`;
  const removal = { organizationName: name, askedBy: asker, removesAt, settingsUrl };
  await sendMail(mailer, { to: owner.email, ...removalMessage(removal, config.publicUrl) });
  log.info({ event: 'tenancy.removal_mail_sent', tenantId, userId }, 'mail about a deletion sent');
}

function readMemberName(identity: Identity, tenantId: string, userId: string): Promise<string | null> {
  return identity.transactionIn(
    tenantId,
    async (tx) => (await findMember(tx, tenantId, userId))?.name ?? null,
  );
}
