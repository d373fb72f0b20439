import type * as v from 'valibot';
import { graceEnd } from '../../../shared/billing/subscription-state.ts';
import type { billingMailQueue } from '../../../shared/jobs/billing-queues.ts';
import type { ServerConfig } from '../../config.ts';
import type { Identity } from '../../database/identity.ts';
import type { Tenant } from '../../database/tenant.ts';
import { hostOrigin } from '../../host-origin.ts';
import type { Logger } from '../../log.ts';
import type { Mailer } from '../mail/create-mailer.ts';
import { sendMail } from '../mail/send-mail.ts';
import { findOwner } from '../tenancy/find-owner.ts';
import { readPlan } from '../tenancy/read-plan.ts';
import { type BillingMessage, billingMessage } from './billing-message.ts';
import { readSubscription } from './subscription-rows.ts';

export type BillingMailJob = v.InferOutput<typeof billingMailQueue.payload>;
export type BillingMailKind = BillingMailJob['kind'];

type Needed = {
  identity: Identity;
  mailer: Mailer;
  tenant: (id: string) => Tenant;
  config: Pick<ServerConfig, 'publicUrl' | 'tenantDomainSuffix'>;
  log: Logger;
};

/**
 * Tells an owner what became of their organization's subscription, if that is so still: a payment that was made meanwhile is not
 * missed any more.
 *
 * @throws FailedForGood when the address takes no mail; anything else when it may be tried again
 */
export async function sendBillingMail(
  { identity, mailer, tenant, config, log }: Needed,
  { tenantId, userId, kind }: BillingMailJob,
): Promise<void> {
  const owner = await findOwner(identity, tenantId, userId);
  if (owner === null) return;
  const { name, slug, removesAt } = owner.organization;
  const message = await readNews(tenant(tenantId), kind);
  // Who has the organization deleted knows that Pro ends with it, and cannot take that back on its page.
  if (message === null || (kind === 'canceled' && removesAt !== null)) return;
  const billingUrl = `${hostOrigin(config, slug)}/billing`;
  const about = { organizationName: name, billingUrl };
  await sendMail(mailer, { to: owner.email, ...billingMessage(message, about, config.publicUrl) });
  log.info({ event: 'billing.mail_sent', tenantId, userId, kind }, 'mail about billing sent');
}

/** What there is to say now; null when it is not so any more. */
function readNews(tenant: Tenant, kind: BillingMailKind): Promise<BillingMessage | null> {
  return tenant.transaction(async (tx) => {
    const row = await readSubscription(tx, tenant.id);
    const plan = await readPlan(tx, tenant.id);
    if (row === null) return null;
    const { state, pastDueSince, cancelAt } = row;
    switch (kind) {
      case 'payment_failed':
        if (plan === 'free' || pastDueSince === null) return null;
        return { kind, graceEndsAt: graceEnd(pastDueSince) };
      case 'plan_lost':
        return plan === 'free' ? { kind, unpaid: state === 'past_due' } : null;
      case 'canceled':
        return state === 'canceled' && cancelAt !== null ? { kind, endsAt: cancelAt } : null;
      default:
        return kind satisfies never;
    }
  });
}
