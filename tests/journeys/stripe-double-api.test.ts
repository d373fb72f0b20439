import path from 'node:path';
import Stripe from 'stripe';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolder } from '../deploy/folder.ts';
import { openStripe, orderOf, startCheckout, stripeOf, subscribe } from '../support/open-stripe.ts';
import { openStripeDouble } from '../support/stripe-double/open-stripe-double.ts';
import { readForm } from '../support/stripe-double/read-form.ts';
import { API_VERSION } from '../support/stripe-double/stripe-objects.ts';

const { errors } = Stripe;

test('it plays the version of the API that the SDK speaks, and no other', async () => {
  expect(API_VERSION).toBe(Stripe.API_VERSION);
  const { double, stripe } = await openStripe();
  const { lastResponse } = await stripe.prices.list();
  expect(lastResponse).toMatchObject({
    apiVersion: API_VERSION,
    requestId: expect.stringMatching(/^req_\w{14}$/),
  });
  const other = stripeOf(double, { apiVersion: '2024-06-20' as typeof API_VERSION }); // not of its type: that is the point
  await expect(other.prices.list()).rejects.toThrow('Invalid Stripe API version: 2024-06-20');
});

test('without the right key nothing is told', async () => {
  const { double } = await openStripe();
  const ask = (authorization?: string) =>
    fetch(`${double.origin}/v1/prices`, { headers: authorization === undefined ? {} : { authorization } });
  expect((await ask()).status).toBe(401);
  expect((await ask('Bearer sk_test_another')).status).toBe(401);
  const { STRIPE_SECRET_KEY: key } = double.environment;
  expect((await ask(`Bearer ${key}`)).status).toBe(200);
  expect((await ask(`Basic ${Buffer.from(`${key}:`).toString('base64')}`)).status).toBe(200);
  const { hostname, port } = new URL(double.origin);
  const wrong = new Stripe('sk_test_wrong_key_of_another', { host: hostname, port, protocol: 'http' });
  await expect(wrong.prices.list()).rejects.toBeInstanceOf(errors.StripeAuthenticationError);
});

test('the same key and body get the same answer; another body, or another path, is refused', async () => {
  const { double, stripe } = await openStripe();
  const make = (name: string, idempotencyKey: string) =>
    stripe.customers.create({ name }, { idempotencyKey });
  const first = await make('Acme', 'key-1');
  const second = await make('Acme', 'key-1');
  expect(second.id).toBe(first.id);
  expect(second.lastResponse.headers).toMatchObject({
    'idempotent-replayed': 'true',
    'original-request': first.lastResponse.requestId,
    'idempotency-key': 'key-1',
  });
  await expect(make('Other', 'key-1')).rejects.toBeInstanceOf(errors.StripeIdempotencyError);
  const elsewhere = stripe.billingPortal.sessions.create({ customer: first.id }, { idempotencyKey: 'key-1' });
  await expect(elsewhere).rejects.toBeInstanceOf(errors.StripeIdempotencyError);
  expect((await make('Acme', 'key-2')).id).not.toBe(first.id);
  expect(Object.keys(double.state.customers)).toHaveLength(2);
});

test('a day later a key may be used for another request', async () => {
  const { double, stripe } = await openStripe();
  const make = () => stripe.customers.create({ name: 'Acme' }, { idempotencyKey: 'key' });
  const first = await make();
  double.moveOn({ seconds: 86_390 });
  expect((await make()).id).toBe(first.id);
  double.moveOn({ seconds: 10 });
  const second = await make();
  expect(second.id).not.toBe(first.id);
  expect((await make()).id).toBe(second.id);
});

test('fifty copies of one request, all at once, make one customer', async () => {
  const { double, stripe } = await openStripe();
  const copies = Array.from({ length: 50 }, () =>
    stripe.customers.create({ name: 'Acme' }, { idempotencyKey: 'one' }),
  );
  expect(new Set((await Promise.all(copies)).map(({ id }) => id)).size).toBe(1);
  expect(Object.keys(double.state.customers)).toHaveLength(1);
});

test('what was refused leaves its key free', async () => {
  const { double, stripe } = await openStripe();
  const customer = await stripe.customers.create({});
  const order = orderOf(double, customer.id);
  const wrong = stripe.checkout.sessions.create(
    { ...order, line_items: [{ price: 'price_no' }] },
    { idempotencyKey: 'k' },
  );
  await expect(wrong).rejects.toMatchObject({ code: 'resource_missing', param: 'line_items[0][price]' });
  expect(await stripe.checkout.sessions.create(order, { idempotencyKey: 'k' })).toMatchObject({
    status: 'open',
  });
});

test('lists come in pages, newest first, and the SDK walks through all of them', async () => {
  const { stripe } = await openStripe();
  const made: string[] = [];
  for (let at = 0; at < 25; at += 1) made.unshift((await stripe.customers.create({ name: `c${at}` })).id);
  const first = await stripe.customers.list();
  expect(first).toMatchObject({ has_more: true, url: '/v1/customers' });
  expect(first.data.map(({ id }) => id)).toEqual(made.slice(0, 10));
  const last = await stripe.customers.list({ starting_after: made[19], limit: 10 });
  expect(last.has_more).toBe(false);
  expect(last.data.map(({ id }) => id)).toEqual(made.slice(20));
  const before = await stripe.customers.list({ ending_before: made[19], limit: 5 });
  expect(before).toMatchObject({ has_more: true });
  expect(before.data.map(({ id }) => id)).toEqual(made.slice(14, 19));
  const walked: string[] = [];
  for await (const { id } of stripe.customers.list({ limit: 4 })) walked.push(id);
  expect(walked).toEqual(made);
  await expect(stripe.customers.list({ limit: 101 })).rejects.toThrow('from 1 to 100');
  await expect(stripe.customers.list({ starting_after: 'cus_no' })).rejects.toMatchObject({
    code: 'resource_missing',
  });
});

test('a parameter that is unknown, missing or of another kind is named', async () => {
  const { double, stripe } = await openStripe();
  const customer = await stripe.customers.create({});
  const order = orderOf(double, customer.id);
  const create = (more: object) => stripe.checkout.sessions.create({ ...order, ...more });
  await expect(create({ sucess_url: 'x' })).rejects.toMatchObject({
    code: 'parameter_unknown',
    param: 'sucess_url',
    type: 'StripeInvalidRequestError',
    statusCode: 400,
  });
  await expect(create({ line_items: [{ price: order.line_items[0]?.price, qty: 1 }] })).rejects.toMatchObject(
    {
      param: 'line_items[0][qty]',
    },
  );
  await expect(create({ success_url: undefined })).rejects.toMatchObject({ code: 'parameter_missing' });
  await expect(create({ success_url: 'javascript:alert(1)' })).rejects.toMatchObject({ code: 'url_invalid' });
  await expect(create({ customer: 'cus_no' })).rejects.toMatchObject({ param: 'customer', statusCode: 400 });
  await expect(create({ expires_at: 'soon' })).rejects.toMatchObject({ code: 'parameter_invalid_integer' });
  await expect(create({ expires_at: 1 })).rejects.toThrow('between 30 minutes and 24 hours');
  await expect(stripe.customers.retrieve('cus_no')).rejects.toMatchObject({ statusCode: 404 });
  await expect(stripe.rawRequest('GET', '/v1/refunds')).rejects.toThrow('Unrecognized request URL');
});

test('parameters are read as Stripe reads them', () => {
  expect(readForm('a[0][b]=1&a[1][b]=2&m[x y]=z%26&expand[]=p&expand[]=q&empty=')).toEqual({
    a: { 0: { b: '1' }, 1: { b: '2' } },
    m: { 'x y': 'z&' },
    expand: { 0: 'p', 1: 'q' },
    empty: '',
  });
  expect(() => readForm('a=1&a[b]=2')).toThrow(SyntaxError);
  expect(Object.keys(readForm('__proto__[x]=1'))).toEqual(['__proto__']);
});

test('every trouble of Stripe’s can be had on demand, and passes', async () => {
  const open = await openStripe();
  const { double, stripe } = open;
  const troubles = [
    ['card_declined', errors.StripeCardError],
    ['invalid_request', errors.StripeInvalidRequestError],
    ['bad_key', errors.StripeAuthenticationError],
    ['forbidden', errors.StripePermissionError],
    ['rate_limited', errors.StripeRateLimitError],
    ['server_error', errors.StripeAPIError],
  ] as const;
  for (const [fault, kind] of troubles) {
    double.faults.failNext(fault, 'POST /v1/customers');
    await stripe.prices.list(); // somewhere else nothing is wrong
    await expect(stripe.customers.create({}), fault).rejects.toBeInstanceOf(kind);
  }
  expect(double.state.customers).toEqual({});
  await startCheckout(open);
});

test('a connection that breaks before or after the work leads to one customer, when the SDK asks again', async () => {
  for (const fault of ['reset', 'reset_after'] as const) {
    const { double } = await openStripe();
    double.faults.failNext(fault, 'POST /v1/customers', 2);
    await expect(stripeOf(double).customers.create({})).rejects.toBeInstanceOf(errors.StripeConnectionError);
    double.faults.failNext(fault, 'POST /v1/customers', 1);
    const before = Object.keys(double.state.customers).length;
    await stripeOf(double, { maxNetworkRetries: 1 }).customers.create({});
    expect(Object.keys(double.state.customers)).toHaveLength(before + 1);
  }
});

test('an answer that was held is old when it comes', async () => {
  const open = await openStripe();
  const { double, stripe } = open;
  const { subscriptionId, read } = await subscribe(open);
  const held = double.faults.holdNextAnswer('GET /v1/subscriptions');
  const old = read();
  await held.arrived;
  await stripe.subscriptions.cancel(subscriptionId);
  expect(await read()).toMatchObject({ status: 'canceled' });
  held.release();
  expect(await old).toMatchObject({ status: 'active' });
});

test('what there is survives a restart, at another port too', async () => {
  const statePath = path.join(await makeFolder(), 'state.json');
  const keys = {
    secretKey: 'sk_test_kept',
    proPrice: { id: 'price_pro', amount: 1900, currency: 'usd' },
    statePath,
  };
  const first = await openStripeDouble(keys);
  const { customerId, subscriptionId } = await subscribe({ double: first, stripe: stripeOf(first) });
  const made = await stripeOf(first).customers.create({ name: 'Kept' }, { idempotencyKey: 'kept' });
  await first.close();

  const second = await openStripeDouble(keys);
  onTestFinished(second.close);
  const stripe = stripeOf(second);
  expect(second.origin).not.toBe(first.origin);
  expect(await stripe.subscriptions.retrieve(subscriptionId)).toMatchObject({ status: 'active' });
  const [invoice] = (await stripe.invoices.list({ customer: customerId })).data;
  expect(invoice?.hosted_invoice_url).toMatch(new RegExp(`^${second.origin}/i/in_`));
  expect((await fetch(invoice?.hosted_invoice_url ?? '')).status).toBe(200);
  expect((await stripe.customers.create({ name: 'Kept' }, { idempotencyKey: 'kept' })).id).toBe(made.id);
});
