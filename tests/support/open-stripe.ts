import { createServer } from 'node:http';
import Stripe from 'stripe';
import { onTestFinished } from 'vitest';
import { listen } from './listen.ts';
import { openStripeDouble, type StripeDoubleOptions } from './stripe-double/open-stripe-double.ts';
import type { StripeDouble } from './stripe-double/stripe-double.ts';

/** The real SDK, speaking with a double. @param more of the SDK's own settings */
export function stripeOf(double: StripeDouble, more: Stripe.StripeConfig = {}): Stripe {
  const { STRIPE_SECRET_KEY, STRIPE_API_BASE } = double.environment;
  const { hostname, port } = new URL(STRIPE_API_BASE);
  return new Stripe(STRIPE_SECRET_KEY, {
    host: hostname,
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
    ...more,
  });
}

/** A double that ends with the test. */
export async function openStripe(
  options: StripeDoubleOptions = {},
): Promise<{ double: StripeDouble; stripe: Stripe }> {
  const double = await openStripeDouble(options);
  onTestFinished(double.close);
  return { double, stripe: stripeOf(double) };
}

export type ReceivedWebhook = { body: string; signature: string; event: Stripe.Event };

/** An endpoint for webhooks, which answers as it is told and keeps what it took. */
export async function listenForWebhooks(answer: (received: ReceivedWebhook) => number = () => 200) {
  const received: ReceivedWebhook[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const one = { body, signature: String(request.headers['stripe-signature']), event: JSON.parse(body) };
    received.push(one);
    response.writeHead(answer(one)).end();
  });
  const { url } = await listen(server, {});
  return { url: `${url}/webhooks/stripe`, received };
}
