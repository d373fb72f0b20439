import Stripe from 'stripe';
import { onTestFinished } from 'vitest';
import { listenHttp } from './listen.ts';
import { openStripeDouble, type StripeDoubleOptions } from './stripe-double/open-stripe-double.ts';
import type { StripeDouble } from './stripe-double/stripe-double.ts';

/** A double that ends with the test, and the real SDK that speaks with it. */
export type OpenStripe = { double: StripeDouble; stripe: Stripe };

/** The real SDK, which tries nothing twice. @param more of its own settings */
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

export async function openStripe(options: StripeDoubleOptions = {}): Promise<OpenStripe> {
  const double = await openStripeDouble(options);
  onTestFinished(double.close);
  return { double, stripe: stripeOf(double) };
}

/** What a checkout of Pro asks for. */
export function orderOf(double: StripeDouble, customer: string) {
  return {
    mode: 'subscription' as const,
    customer,
    line_items: [{ price: double.environment.STRIPE_PRO_PRICE_ID, quantity: 1 }],
    client_reference_id: 'tenant-1',
    metadata: { tenantId: 'tenant-1' },
    subscription_data: { metadata: { tenantId: 'tenant-1' } },
    success_url: 'https://watch.example/billing/success?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://watch.example/billing/cancel',
  };
}

/** A customer with a checkout that waits to be paid. */
export async function startCheckout({ double, stripe }: OpenStripe) {
  const customer = await stripe.customers.create({ email: 'alice@acme.example', name: 'Acme' });
  const session = await stripe.checkout.sessions.create(orderOf(double, customer.id));
  return { customer, session };
}

/** A customer who has paid. */
export async function subscribe(open: OpenStripe) {
  const { customer, session } = await startCheckout(open);
  const { id } = open.double.pay(session.url ?? '');
  const read = () => open.stripe.subscriptions.retrieve(id);
  return { customerId: customer.id, subscriptionId: id, read };
}

export type ReceivedWebhook = { body: string; signature: string; event: Stripe.Event };

/** An endpoint for webhooks, which answers as it is told and keeps what it was sent. */
export async function listenForWebhooks(
  answer: (received: ReceivedWebhook, before: ReceivedWebhook[]) => number = () => 200,
) {
  const received: ReceivedWebhook[] = [];
  const { url } = await listenHttp((response, { body, headers }) => {
    const one = { body, signature: String(headers['stripe-signature']), event: JSON.parse(body) };
    const status = answer(one, received);
    received.push(one);
    response.writeHead(status).end();
  });
  return { url: `${url}/webhooks/stripe`, received };
}
