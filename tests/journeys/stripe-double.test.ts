import Stripe from 'stripe';
import { expect, test } from 'vitest';
import { openStripe, orderOf, startCheckout, subscribe } from '../support/open-stripe.ts';

test('a customer who pays at the checkout has a subscription, and an invoice that is paid', async () => {
  const open = await openStripe();
  const { double, stripe } = open;
  const { customer, session } = await startCheckout(open);
  expect(session).toMatchObject({
    status: 'open',
    payment_status: 'unpaid',
    subscription: null,
    livemode: false,
    client_reference_id: 'tenant-1',
    metadata: { tenantId: 'tenant-1' },
    amount_total: 1900,
  });

  double.pay(session.url ?? '');

  const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription', 'customer'] });
  expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid', url: null });
  expect(paid.subscription).toMatchObject({ status: 'active', metadata: { tenantId: 'tenant-1' } });
  expect(paid.customer).toMatchObject({ email: 'alice@acme.example' });
  expect(double.session(session.id).customer).toBe(customer.id); // who asked for more changed nothing
  const { data: subscriptions } = await stripe.subscriptions.list({ customer: customer.id, status: 'all' });
  expect(subscriptions.map(({ status }) => status)).toEqual(['active']);
  const [item] = subscriptions[0]?.items.data ?? [];
  expect(item?.price.unit_amount_decimal?.toString()).toBe('1900');
  expect((item?.current_period_end ?? 0) - (item?.current_period_start ?? 0)).toBeGreaterThan(27 * 86_400);
  const { data: invoices } = await stripe.invoices.list({ customer: customer.id });
  expect(invoices).toMatchObject([
    { status: 'paid', amount_paid: 1900, amount_remaining: 0, billing_reason: 'subscription_create' },
  ]);
});

test('a declined card makes nothing, and the checkout can still be paid; a paid or expired one cannot', async () => {
  const open = await openStripe();
  const { double, stripe } = open;
  const { customer, session } = await startCheckout(open);
  double.decline(session.id);
  expect((await stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data).toEqual([]);
  double.pay(session.id);
  expect(() => double.pay(session.id)).toThrow('This Session is complete');

  const other = await stripe.checkout.sessions.create(orderOf(double, customer.id));
  expect(await stripe.checkout.sessions.expire(other.id)).toMatchObject({ status: 'expired', url: null });
  expect(() => double.pay(other.id)).toThrow('This Session is expired');
  await expect(stripe.checkout.sessions.expire(other.id)).rejects.toThrow('only open ones');
  const { data } = await stripe.checkout.sessions.list({ customer: customer.id, status: 'expired' });
  expect(data.map(({ id }) => id)).toEqual([other.id]);
});

test('customers are found, changed and deleted; a deleted one is still there, and its subscription ends', async () => {
  const open = await openStripe();
  const { double, stripe } = open;
  const { customerId, subscriptionId } = await subscribe(open);
  const changed = await stripe.customers.update(customerId, {
    name: 'Acme & Söhne',
    metadata: { a: '1', b: '2' },
  });
  expect(changed).toMatchObject({ name: 'Acme & Söhne', metadata: { a: '1', b: '2' } });
  const without = await stripe.customers.update(customerId, { description: '', metadata: { a: '' } });
  expect(without).toMatchObject({ description: null, metadata: { b: '2' } });
  expect((await stripe.customers.list({ email: 'alice@acme.example' })).data).toHaveLength(1);

  await stripe.customers.del(customerId);
  expect(await stripe.customers.retrieve(customerId)).toEqual({
    id: customerId,
    object: 'customer',
    deleted: true,
  });
  expect(double.state.subscriptions[subscriptionId]).toMatchObject({ status: 'canceled' });
  expect((await stripe.customers.list()).data).toEqual([]);
  const missing = { code: 'resource_missing', param: 'customer', statusCode: 400 };
  await expect(stripe.subscriptions.list({ customer: customerId })).rejects.toMatchObject(missing);
  expect((await stripe.invoices.list({ customer: customerId })).data).toHaveLength(1);
  await expect(stripe.invoices.list({ customer: 'cus_no' })).rejects.toMatchObject(missing);
});

test('the portal and the API say of an end in fields of their own, and each is taken back by its own', async () => {
  const open = await openStripe();
  const { double, stripe } = open;
  const { subscriptionId: id, read } = await subscribe(open);
  const end = (await read()).items.data[0]?.current_period_end;

  const byApi = await stripe.subscriptions.update(id, { cancel_at_period_end: true });
  expect(byApi).toMatchObject({ status: 'active', cancel_at_period_end: true, cancel_at: null });
  expect(byApi.cancellation_details?.reason).toBe('cancellation_requested');
  const resumed = await stripe.subscriptions.update(id, { cancel_at_period_end: false });
  expect(resumed).toMatchObject({ cancel_at_period_end: false, cancel_at: null, canceled_at: null });

  double.cancelInPortal(id);
  expect(await read()).toMatchObject({ cancel_at_period_end: false, cancel_at: end });
  expect(await stripe.subscriptions.update(id, { cancel_at_period_end: false })).toMatchObject({
    cancel_at: end,
  });
  const both = stripe.subscriptions.update(id, { cancel_at_period_end: false, cancel_at: '' });
  await expect(both).rejects.toThrow('Please pass in only one.');
  expect(await stripe.subscriptions.update(id, { cancel_at: '' })).toMatchObject({
    cancel_at: null,
    canceled_at: null,
  });
  expect(await stripe.subscriptions.update(id, { cancel_at: 'min_period_end' })).toMatchObject({
    cancel_at: end,
  });
  double.resumeInPortal(id);
  expect(await read()).toMatchObject({ cancel_at: null });
});

test('in classic billing mode both fields say so, whoever cancels', async () => {
  const open = await openStripe({ billingMode: 'classic' });
  const { double, stripe } = open;
  const { subscriptionId: id, read } = await subscribe(open);
  const end = (await read()).items.data[0]?.current_period_end;
  const both = { cancel_at_period_end: true, cancel_at: end };
  expect(await stripe.subscriptions.update(id, { cancel_at_period_end: true })).toMatchObject(both);
  const neither = { cancel_at_period_end: false, cancel_at: null };
  expect(await stripe.subscriptions.update(id, { cancel_at_period_end: false })).toMatchObject(neither);
  double.cancelInPortal(id);
  expect(await read()).toMatchObject(both);
});

test('a subscription that is cancelled at once is found only by who asks for all', async () => {
  const open = await openStripe();
  const { stripe } = open;
  const { customerId: customer, subscriptionId } = await subscribe(open);
  const ended = await stripe.subscriptions.cancel(subscriptionId);
  expect(ended).toMatchObject({ status: 'canceled', ended_at: expect.any(Number) });
  expect((await stripe.subscriptions.list({ customer })).data).toEqual([]);
  expect((await stripe.subscriptions.list({ customer, status: 'active' })).data).toEqual([]);
  expect((await stripe.subscriptions.list({ customer, status: 'all' })).data).toHaveLength(1);
  await expect(stripe.subscriptions.cancel(subscriptionId)).rejects.toMatchObject({
    statusCode: 404,
    code: 'resource_missing',
  });
  const late = stripe.subscriptions.update(subscriptionId, { cancel_at_period_end: true });
  await expect(late).rejects.toThrow(Stripe.errors.StripeInvalidRequestError);
});

test('prices, products, items and invoices can be read one by one', async () => {
  const open = await openStripe({ proPrice: { id: 'price_pro', amount: 2500, currency: 'eur' } });
  const { double, stripe } = open;
  const { customerId, subscriptionId } = await subscribe(open);
  const price = await stripe.prices.retrieve('price_pro', { expand: ['product'] });
  expect(price).toMatchObject({ unit_amount: 2500, currency: 'eur', recurring: { interval: 'month' } });
  expect(price.product).toMatchObject({ name: 'StatusWatch Pro' });
  expect((await stripe.prices.list({ active: true })).data).toHaveLength(1);
  const [product] = (await stripe.products.list()).data;
  expect(await stripe.products.retrieve(product?.id ?? '')).toMatchObject({ default_price: 'price_pro' });
  const [item] = (await stripe.subscriptionItems.list({ subscription: subscriptionId })).data;
  expect(await stripe.subscriptionItems.retrieve(item?.id ?? '')).toMatchObject({ quantity: 1 });
  const [invoice] = double.invoicesOf(customerId);
  expect(await stripe.invoices.retrieve(invoice?.id ?? '')).toMatchObject({
    parent: { subscription_details: { subscription: subscriptionId } },
    lines: { data: [{ amount: 2500 }] },
  });
});
