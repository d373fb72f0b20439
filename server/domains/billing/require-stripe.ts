import { Refusal } from '../../refusal.ts';
import type { StripeAccess } from './create-stripe.ts';

/** The way to Stripe. @throws Refusal `billing_not_configured` where nothing is sold */
export function requireStripe(stripe: StripeAccess | null): StripeAccess {
  if (stripe !== null) return stripe;
  throw new Refusal(
    'billing_not_configured',
    'Payments are not set up on this server. Whoever runs it can do that.',
  );
}
