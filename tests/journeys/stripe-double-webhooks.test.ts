import Stripe from 'stripe';
import { expect, test } from 'vitest';
import {
  listenForWebhooks,
  openStripe,
  type ReceivedWebhook,
  startCheckout,
  subscribe,
} from '../support/open-stripe.ts';
import { signWebhook } from '../support/stripe-double/sign-webhook.ts';

const CHECKOUT_EVENTS = [
  'checkout.session.completed',
  'customer.created',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.updated',
  'invoice.created',
  'invoice.finalized',
  'invoice.paid',
  'invoice.payment_succeeded',
];
const typesOf = (received: ReceivedWebhook[]) => received.map(({ event }) => event.type);

test('every event comes signed, so that the SDK takes it, and takes no other', async () => {
  const endpoint = await listenForWebhooks();
  const open = await openStripe({ webhookUrl: endpoint.url });
  const { double, stripe } = open;
  await subscribe(open);
  await double.webhooks.settled();

  const { STRIPE_WEBHOOK_SECRET: secret } = double.environment;
  const verify = ({ body, signature }: ReceivedWebhook) =>
    stripe.webhooks.constructEvent(body, signature, secret).type;
  expect(endpoint.received.map(verify).toSorted()).toEqual(CHECKOUT_EVENTS);
  const [first] = endpoint.received;
  if (first === undefined) throw new Error('No event came.');
  const changed = { ...first, body: `${first.body} ` };
  expect(() => verify(changed)).toThrow(Stripe.errors.StripeSignatureVerificationError);
  expect(first.event).toMatchObject({
    livemode: false,
    api_version: Stripe.API_VERSION,
    pending_webhooks: 1,
  });
});

test('events say which request made them, what there was before, and what was then', async () => {
  const open = await openStripe();
  const { double, stripe } = open;
  const { customer } = await startCheckout(open);
  await stripe.customers.update(customer.id, { name: 'New' }, { idempotencyKey: 'rename' });
  await stripe.customers.update(customer.id, { name: 'New' });
  const [event, ...others] = (await stripe.events.list({ type: 'customer.updated' })).data;
  expect(others).toEqual([]); // nothing changed the second time
  expect(event).toMatchObject({
    data: { object: { id: customer.id, name: 'New' }, previous_attributes: { name: 'Acme' } },
    request: { id: expect.stringMatching(/^req_/), idempotency_key: 'rename' },
  });
  const [created] = (await stripe.events.list({ type: 'customer.created' })).data;
  expect(created?.data.object).toMatchObject({ name: 'Acme' });
  expect(await stripe.events.retrieve(created?.id ?? '')).toEqual(created);
  expect(double.state.events).toHaveLength(2);
});

test('while secrets are rotated both sign, and afterwards the new one alone', async () => {
  const endpoint = await listenForWebhooks();
  const { double, stripe } = await openStripe({
    webhookUrl: endpoint.url,
    webhookSecrets: ['whsec_old', 'whsec_new'],
  });
  expect(double.environment.STRIPE_WEBHOOK_SECRET).toBe('whsec_old,whsec_new');
  const verify = (secret: string) => {
    const { body, signature } = endpoint.received.at(-1) ?? { body: '', signature: '' };
    return stripe.webhooks.constructEvent(body, signature, secret).type;
  };
  await stripe.customers.create({});
  await double.webhooks.settled();
  expect([verify('whsec_old'), verify('whsec_new')]).toEqual(['customer.created', 'customer.created']);
  double.webhooks.set({ secrets: ['whsec_new'] });
  await stripe.customers.create({});
  await double.webhooks.settled();
  expect(verify('whsec_new')).toBe('customer.created');
  expect(() => verify('whsec_old')).toThrow(Stripe.errors.StripeSignatureVerificationError);
});

test('an event that was not taken comes again until it is, and is listed as undelivered until then', async () => {
  let isAway = true;
  const seen = Promise.withResolvers<void>();
  const endpoint = await listenForWebhooks((_one, before) => {
    if (before.length === 2) seen.resolve();
    return isAway ? 500 : 200;
  });
  const { double, stripe } = await openStripe({ webhookUrl: endpoint.url, retryAfterMs: 1 });
  await stripe.customers.create({});
  await seen.promise;
  const waiting = (await stripe.events.list({ delivery_success: false })).data;
  expect(waiting).toMatchObject([{ type: 'customer.created', pending_webhooks: 1 }]);
  expect((await stripe.events.list({ delivery_success: true })).data).toEqual([]);
  isAway = false;
  await double.webhooks.settled();
  expect((await stripe.events.list({ delivery_success: false })).data).toEqual([]);
  expect((await stripe.events.list({ delivery_success: true })).data).toMatchObject([
    { pending_webhooks: 0 },
  ]);
  expect(new Set(endpoint.received.map(({ event }) => event.id)).size).toBe(1);
  expect(endpoint.received.length).toBeGreaterThan(2);
});

test('an endpoint that nobody answers at gets its events once it is there', async () => {
  const open = await openStripe();
  const { double } = open;
  await subscribe(open);
  await double.webhooks.settled();
  expect(double.webhooks.held()).toHaveLength(CHECKOUT_EVENTS.length);
  const endpoint = await listenForWebhooks();
  double.webhooks.set({ url: endpoint.url });
  await double.webhooks.settled();
  expect(typesOf(endpoint.received).toSorted()).toEqual(CHECKOUT_EVENTS);
});

test('a test can hold events back, and have them come in any order and any number', async () => {
  const endpoint = await listenForWebhooks();
  const open = await openStripe({ webhookUrl: endpoint.url });
  const { double } = open;
  double.webhooks.hold();
  const { customerId } = await subscribe(open);
  expect(endpoint.received).toEqual([]);
  const held = double.webhooks.held().filter(({ customerId: id }) => id === customerId);
  expect(held).toHaveLength(CHECKOUT_EVENTS.length);
  const backwards = held.map(({ event }) => event.id).reverse();
  for (const id of [...backwards, ...backwards]) expect(await double.webhooks.deliver(id)).toBe(200);
  expect(endpoint.received.map(({ event }) => event.id)).toEqual([...backwards, ...backwards]);
  expect(double.webhooks.held()).toEqual([]);

  await Promise.all(Array.from({ length: 50 }, () => double.webhooks.deliver(backwards[0] ?? '')));
  expect(endpoint.received).toHaveLength(2 * backwards.length + 50);
  await open.stripe.customers.create({});
  double.webhooks.release();
  await double.webhooks.settled();
  expect(typesOf(endpoint.received).at(-1)).toBe('customer.created');
});

test('a test can post what is false: another secret, another time, no signature', async () => {
  const endpoint = await listenForWebhooks();
  const { double, stripe } = await openStripe({ webhookUrl: endpoint.url });
  const { STRIPE_WEBHOOK_SECRET: secret } = double.environment;
  const verify = () => {
    const { body, signature } = endpoint.received.at(-1) ?? { body: '', signature: '' };
    return stripe.webhooks.constructEvent(body, signature, secret);
  };
  await double.webhooks.post('{"id":"evt_1"}', { secrets: ['whsec_of_another'] });
  expect(verify).toThrow('No signatures found matching');
  await double.webhooks.post('{"id":"evt_1"}', { timestampSeconds: 1_700_000_000 });
  expect(verify).toThrow('Timestamp outside the tolerance zone');
  await double.webhooks.post('{"id":"evt_1"}', { signature: null });
  expect(endpoint.received.at(-1)?.signature).toBe('undefined');
  await double.webhooks.post('{"id":"evt_1"}');
  expect(verify()).toEqual({ id: 'evt_1' });
});

test('the endpoint hears of those events alone that it listens to', async () => {
  const endpoint = await listenForWebhooks();
  const open = await openStripe({ webhookUrl: endpoint.url, listensTo: ['invoice.paid'] });
  await subscribe(open);
  await open.double.webhooks.settled();
  expect(typesOf(endpoint.received)).toEqual(['invoice.paid']);
  const all = await open.stripe.events.list({ types: ['invoice.paid', 'customer.created'] });
  expect(all.data.map(({ type }) => type)).toEqual(['invoice.paid', 'customer.created']);
  expect((await open.stripe.events.list({ delivery_success: false })).data).toEqual([]);
  expect((await open.stripe.events.list({ type: 'invoice.*' })).data).toHaveLength(4);
  const none = await open.stripe.events.list({ created: { lt: 1_000_000 } });
  expect(none.data).toEqual([]);
});

test('a signature is the one that the SDK makes for tests', () => {
  const payload = '{"id":"evt_1"}';
  const secret = 'whsec_x';
  const theirs = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: 1_700_000_000 });
  expect(signWebhook(payload, [secret], 1_700_000_000)).toBe(theirs);
});
