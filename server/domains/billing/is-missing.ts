import Stripe from 'stripe';

/** Whether Stripe says that what was asked for is not there: it never was, has ended, or is another account's. */
export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing';
}
