import { createHmac } from 'node:crypto';

/** The header `Stripe-Signature`: https://docs.stripe.com/webhooks/signature. One signature a secret, while secrets are rotated. */
export function signWebhook(body: string, secrets: readonly string[], timestampSeconds: number): string {
  const signatures = secrets.map(
    (secret) => `v1=${createHmac('sha256', secret).update(`${timestampSeconds}.${body}`).digest('hex')}`,
  );
  return [`t=${timestampSeconds}`, ...signatures].join(',');
}
