import Stripe from 'stripe';
import type { Logger } from '../../log.ts';
import { stripeFailure } from './stripe-failure.ts';

/** What a line of the log about billing is about: the organization, and the event of Stripe's that brought it about. */
export type BillingCause = { tenantId?: string; stripeEventId?: string };

/**
 * Asks Stripe something, outside of any transaction. An error of Stripe's is logged by its kind, without its message, and becomes
 * words for a person.
 *
 * @throws Refusal `payment_declined`, `billing_unavailable`
 */
export async function askStripe<T>(log: Logger, cause: BillingCause, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const failure = stripeFailure(error);
    if (failure === null) throw error;
    const { refusal, event, level } = failure;
    log[level]({ event, ...cause, ...tellable(error) }, 'stripe refused');
    throw refusal;
  }
}

/** What finds the error at Stripe, or on the network, and tells nobody's secrets. */
function tellable(error: unknown): Record<string, unknown> {
  if (!(error instanceof Stripe.errors.StripeError)) return {};
  const { type, statusCode, requestId, code, decline_code, param, detail } = error;
  const socket = detail instanceof Error && 'code' in detail ? String(detail.code) : undefined;
  return {
    type,
    statusCode,
    stripeRequestId: requestId,
    code: code ?? socket,
    declineCode: decline_code,
    param,
  };
}
