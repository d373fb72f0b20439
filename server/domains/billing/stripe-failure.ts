import Stripe from 'stripe';
import { Refusal } from '../../refusal.ts';

const { errors } = Stripe;

/** What came of asking Stripe: the words for the person, and the name that the log has for it. */
export type StripeFailure = { refusal: Refusal; event: string; level: 'warn' | 'error' };

/**
 * What to say of an error of Stripe's; null for one that is none. Its own message is told to nobody: it may name what it is about,
 * and is written for programmers (https://docs.stripe.com/error-handling).
 */
export function stripeFailure(error: unknown): StripeFailure | null {
  if (!(error instanceof errors.StripeError)) return null;
  if (error instanceof errors.StripeCardError) {
    return {
      refusal: new Refusal(
        'payment_declined',
        'The payment was declined, and nothing was charged. Try another card, or ask your bank.',
      ),
      event: 'billing.stripe_card_declined',
      level: 'warn',
    };
  }
  if (error instanceof errors.StripeAuthenticationError || error instanceof errors.StripePermissionError) {
    return unavailable(
      'Billing is not set up correctly here, and nothing was charged. Please tell whoever runs this server.',
      'billing.stripe_bad_key',
      'error',
    );
  }
  if (error instanceof errors.StripeInvalidRequestError || error instanceof errors.StripeIdempotencyError) {
    return unavailable(
      'This could not be done, and nothing was charged. Load the page again; if it stays so, please tell whoever runs this server.',
      'billing.stripe_invalid_request',
      'error',
    );
  }
  if (error instanceof errors.StripeConnectionError) {
    return unavailable(
      'Our payment provider cannot be reached right now, and nothing was charged. Try again in a few minutes.',
      'billing.stripe_unreachable',
      'warn',
    );
  }
  if (error instanceof errors.StripeRateLimitError) {
    return unavailable(
      'Our payment provider is busy right now, and nothing was charged. Try again in a minute.',
      'billing.stripe_rate_limited',
      'warn',
    );
  }
  return unavailable(
    'Something went wrong at our payment provider, and nothing was charged. Try again in a few minutes.',
    'billing.stripe_failed',
    'warn',
  );
}

function unavailable(sentence: string, event: string, level: 'warn' | 'error'): StripeFailure {
  return { refusal: new Refusal('billing_unavailable', sentence), event, level };
}
