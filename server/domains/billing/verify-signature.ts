import Stripe from 'stripe';
import type { StripeAccess } from './create-stripe.ts';

/** By how much the clock that signed may differ from ours, either way: a signed body is worth nothing later, or in advance. */
const TOLERANCE_SECONDS = 300;

/** A body as it came, byte for byte, and the header `Stripe-Signature`. */
export type SignedBody = { body: Uint8Array; signature: string };

/** What is wrong with a signature, for the log; who sent it is told nothing. */
export type BadSignature = { reason: 'signature' | 'signed_ahead' | 'no_json' };

/**
 * The event of a body that Stripe signed within the last minutes, with any of the secrets in force. Stripe's library looks at the
 * past alone; we look at the future too.
 */
export function verifySignature(
  { client, settings }: StripeAccess,
  { body, signature }: SignedBody,
  now: Date,
): { event: unknown } | BadSignature {
  const isSigned = settings.webhookSecrets.some((secret) => {
    try {
      const { signature: theirs } = client.webhooks;
      return theirs?.verifyHeader(
        Buffer.from(body),
        signature,
        secret,
        TOLERANCE_SECONDS,
        undefined,
        now.getTime(),
      );
    } catch (error) {
      if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false;
      throw error;
    }
  });
  if (!isSigned) return { reason: 'signature' };
  if (isAhead(signature, now)) return { reason: 'signed_ahead' };
  try {
    return { event: JSON.parse(Buffer.from(body).toString()) };
  } catch (error) {
    if (error instanceof SyntaxError) return { reason: 'no_json' };
    throw error;
  }
}

/** The signature covers the time; two of them would leave open which. */
function isAhead(signature: string, now: Date): boolean {
  const times = signature.split(',').filter((part) => part.startsWith('t='));
  const seconds = times.length === 1 ? Number(times[0]?.slice(2)) : Number.NaN;
  return !(seconds - Math.floor(now.getTime() / 1000) <= TOLERANCE_SECONDS);
}
