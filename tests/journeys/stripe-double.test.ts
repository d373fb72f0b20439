import Stripe from 'stripe';
import { expect, test } from 'vitest';
import { listenForWebhooks, openStripe } from '../support/open-stripe.ts';
import type { StripeDouble } from '../support/stripe-double/stripe-double.ts';

const URLS = {
  success_url: 'https://watch.example/ok?s={CHECKOUT_SESSION_ID}',
  cancel_url: 'https://watch.example/no',
};

/** A customer with a checkout that waits to be paid. */
async function startCheckout(stripe: Stripe, double: StripeDouble) {
  const customer = await stripe.customers.create({
    email: 'alice@acme.example',
    name: 'Acme',
    metadata: { tenant: 't1' },
  });
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: double.environment.STRIPE_PRO_PRICE_ID, quantity: 1 }],
    client_reference_id: 't1',
    metadata: { tenant: 't1' },
    subscription_data: { metadata: { tenant: 't1' } },
    ...URLS,
  });
  return { customer, session };
}

test('a customer who pays at the checkout has a subscription, and an invoice that is paid', async () => {
  const { double, stripe } = await openStripe();
  const { customer, session } = await startCheckout(stripe, double);
  expect(session).toMatchObject({
    status: 'open',
    payment_status: 'unpaid',
    subscription: null,
    livemode: false,
  });

  double.pay(session.url ?? '');

  const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription'] });
  expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid', url: null });
  expect(paid.subscription).toMatchObject({ status: 'active', metadata: { tenant: 't1' } });
  const { data: subscriptions } = await stripe.subscriptions.list({ customer: customer.id, status: 'all' });
  expect(subscriptions.map(({ status }) => status)).toEqual(['active']);
  const { data: invoices } = await stripe.invoices.list({ customer: customer.id });
  expect(invoices).toMatchObject([
    { status: 'paid', amount_paid: 1900, billing_reason: 'subscription_create' },
  ]);
});

test('every event comes signed, so that the SDK takes it', async () => {
  const endpoint = await listenForWebhooks();
  const { double, stripe } = await openStripe({ webhookUrl: endpoint.url });
  const { session } = await startCheckout(stripe, double);
  double.pay(session.id);
  await double.webhooks.settled();

  const secret = double.environment.STRIPE_WEBHOOK_SECRET;
  const types = endpoint.received.map(
    ({ body, signature }) => stripe.webhooks.constructEvent(body, signature, secret).type,
  );
  expect(types.toSorted()).toEqual([
    'checkout.session.completed',
    'customer.created',
    'customer.subscription.created',
    'customer.subscription.updated',
    'customer.updated',
    'invoice.created',
    'invoice.finalized',
    'invoice.paid',
    'invoice.payment_succeeded',
  ]);
  const [first] = endpoint.received;
  expect(() => stripe.webhooks.constructEvent(`${first?.body} `, first?.signature ?? '', secret)).toThrow(
    Stripe.errors.StripeSignatureVerificationError,
  );
});
