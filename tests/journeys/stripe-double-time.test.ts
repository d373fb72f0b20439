import { expect, test } from 'vitest';
import { listenForWebhooks, openStripe, startCheckout, subscribe } from '../support/open-stripe.ts';
import { forgetOld } from '../support/stripe-double/forget.ts';
import { addMonths, periodEndAfter } from '../support/stripe-double/time.ts';

const at = (text: string) => Date.parse(text) / 1000;

test('months are those of the calendar, and an anchor at the end of one is kept', () => {
  expect(addMonths(at('2027-01-31T10:00:00Z'), 1)).toBe(at('2027-02-28T10:00:00Z'));
  expect(addMonths(at('2027-11-30T10:00:00Z'), 3)).toBe(at('2028-02-29T10:00:00Z'));
  const price = { recurring: { interval: 'month', interval_count: 1 } } as Parameters<
    typeof periodEndAfter
  >[2];
  const anchor = at('2027-01-31T10:00:00Z');
  expect(periodEndAfter(anchor, at('2027-02-28T10:00:00Z'), price)).toBe(at('2027-03-31T10:00:00Z'));
  expect(periodEndAfter(anchor, anchor, price)).toBe(at('2027-02-28T10:00:00Z'));
});

test('a period that ends is paid for, and the next one begins', async () => {
  const open = await openStripe();
  const { double, stripe } = open;
  const { customerId, read } = await subscribe(open);
  const [before] = (await read()).items.data;
  const known = double.state.events.length;
  double.moveOn({ months: 1 });
  const subscription = await read();
  const [after] = subscription.items.data;
  expect(subscription.status).toBe('active');
  expect(after?.current_period_start).toBe(before?.current_period_end);
  expect(after?.current_period_end).toBe(addMonths(before?.current_period_start ?? 0, 2));
  const { data } = await stripe.invoices.list({ customer: customerId });
  expect(data.map(({ billing_reason, status }) => [billing_reason, status])).toEqual([
    ['subscription_cycle', 'paid'],
    ['subscription_create', 'paid'],
  ]);
  expect(data[0]?.lines.data[0]?.period).toEqual({
    start: after?.current_period_start,
    end: after?.current_period_end,
  });
  expect(new Set(data.map(({ number }) => number)).size).toBe(2);
  expect(double.state.events.slice(known).map(({ event }) => event.type)).toEqual([
    'customer.subscription.updated',
    'invoice.created',
    'invoice.finalized',
    'invoice.paid',
    'invoice.payment_succeeded',
  ]);
});

test('one that was cancelled ends with its period, by whichever field it was said', async () => {
  const open = await openStripe();
  const { double, stripe } = open;
  const byPortal = await subscribe(open);
  const byApi = await subscribe(open);
  const now = await subscribe(open);
  double.cancelInPortal(byPortal.subscriptionId);
  await stripe.subscriptions.update(byApi.subscriptionId, { cancel_at_period_end: true });
  double.moveOn({ days: 27 });
  for (const { read } of [byPortal, byApi, now]) expect((await read()).status).toBe('active');
  double.moveOn({ days: 5 });
  for (const { read, customerId } of [byPortal, byApi]) {
    const ended = await read();
    expect(ended).toMatchObject({
      status: 'canceled',
      cancellation_details: { reason: 'cancellation_requested' },
    });
    expect(ended.ended_at).toBe(ended.items.data[0]?.current_period_end);
    expect(double.invoicesOf(customerId)).toHaveLength(1);
  }
  expect((await now.read()).status).toBe('active');
  const { data } = await stripe.events.list({ type: 'customer.subscription.deleted' });
  expect(data.map(({ data: { object } }) => 'id' in object && object.id).toSorted()).toEqual(
    [byPortal.subscriptionId, byApi.subscriptionId].toSorted(),
  );
});

test('a payment that fails is tried again, and ends the subscription at last', async () => {
  const open = await openStripe();
  const { double, stripe } = open;
  const { customerId, read } = await subscribe(open);
  double.setCard(customerId, 'bad');
  double.moveOn({ months: 1 });
  expect((await read()).status).toBe('past_due');
  const [invoice] = (await stripe.invoices.list({ customer: customerId, status: 'open' })).data;
  expect(invoice).toMatchObject({ attempt_count: 1, attempted: true, amount_remaining: 1900 });
  expect((invoice?.next_payment_attempt ?? 0) - (invoice?.created ?? 0)).toBe(3 * 86_400);
  double.moveOn({ days: 9 });
  expect((await read()).status).toBe('past_due');
  double.moveOn({ days: 7 });
  expect(await read()).toMatchObject({
    status: 'canceled',
    cancellation_details: { reason: 'payment_failed' },
  });
  const failed = await stripe.events.list({ type: 'invoice.payment_failed' });
  expect(failed.data).toHaveLength(4);
  double.moveOn({ months: 3 });
  expect(double.invoicesOf(customerId)).toHaveLength(2);
});

test('a payment that succeeds at last puts everything right', async () => {
  const open = await openStripe();
  const { double } = open;
  const byRetry = await subscribe(open);
  const byHand = await subscribe(open);
  for (const { customerId } of [byRetry, byHand]) double.setCard(customerId, 'bad');
  double.moveOn({ months: 1 });
  double.setCard(byRetry.customerId, 'good');
  const [open1] = double.invoicesOf(byHand.customerId);
  await expect(open.stripe.invoices.pay(open1?.id ?? '')).rejects.toMatchObject({
    code: 'card_declined',
    statusCode: 402,
  });
  double.payInvoice(open1?.id ?? '');
  expect((await byHand.read()).status).toBe('active');
  expect((await byRetry.read()).status).toBe('past_due');
  double.moveOn({ days: 3 });
  expect((await byRetry.read()).status).toBe('active');
  await expect(open.stripe.invoices.pay(open1?.id ?? '')).rejects.toMatchObject({
    code: 'invoice_already_paid',
  });
});

test('an account can leave a subscription unpaid instead, until somebody pays', async () => {
  const open = await openStripe({ afterLastAttempt: 'unpaid' });
  const { double } = open;
  const { customerId, read } = await subscribe(open);
  double.setCard(customerId, 'bad');
  double.moveOn({ months: 1 });
  double.moveOn({ days: 16 });
  expect((await read()).status).toBe('unpaid');
  double.moveOn({ months: 1 });
  expect(double.invoicesOf(customerId).map(({ status, attempt_count }) => [status, attempt_count])).toEqual([
    ['open', 0],
    ['open', 4],
    ['paid', 1],
  ]);
  const [newest] = double.invoicesOf(customerId);
  double.payInvoice(newest?.id ?? '');
  expect((await read()).status).toBe('active');
});

test('or past due for ever', async () => {
  const open = await openStripe({ afterLastAttempt: 'past_due' });
  const { double } = open;
  const { customerId, read } = await subscribe(open);
  double.setCard(customerId, 'bad');
  double.moveOn({ months: 1 });
  double.moveOn({ days: 20 });
  expect((await read()).status).toBe('past_due');
  expect(double.invoicesOf(customerId)[0]?.next_payment_attempt).toBeNull();
});

test('what is cancelled while a payment is due is not charged any more', async () => {
  const open = await openStripe();
  const { double, stripe } = open;
  const { customerId, subscriptionId } = await subscribe(open);
  double.setCard(customerId, 'bad');
  double.moveOn({ months: 1 });
  await stripe.subscriptions.cancel(subscriptionId);
  double.setCard(customerId, 'good');
  double.moveOn({ days: 10 });
  const unpaid = { status: 'open', attempt_count: 1, next_payment_attempt: null, auto_advance: false };
  expect(double.invoicesOf(customerId)[0]).toMatchObject(unpaid);
});

test('however far the time moves at once, things happen in their order', async () => {
  const open = await openStripe({ afterLastAttempt: 'unpaid' });
  const { double } = open;
  const pays = await subscribe(open);
  const fails = await subscribe(open);
  double.setCard(fails.customerId, 'bad');
  const known = double.state.events.length;
  double.moveOn({ months: 5 });
  const made = double.state.events.slice(known).map(({ event }) => event.created);
  expect(made.length).toBeGreaterThan(30);
  expect(made).toEqual(made.toSorted((one, other) => one - other));
  expect(double.invoicesOf(pays.customerId)).toHaveLength(6);
  expect(double.invoicesOf(fails.customerId)).toHaveLength(6);
});

test('the time of one customer moves on without that of others', async () => {
  const open = await openStripe();
  const { double } = open;
  const early = await subscribe(open);
  const late = await subscribe(open);
  double.cancelInPortal(early.subscriptionId);
  double.cancelInPortal(late.subscriptionId);
  double.moveOn({ months: 2 }, early.customerId);
  expect((await early.read()).status).toBe('canceled');
  expect((await late.read()).status).toBe('active');
  expect(double.now(early.customerId).getTime()).toBeGreaterThan(double.now(late.customerId).getTime());
});

test('events are listed for thirty days, and kept for longer only where they wait to be delivered', async () => {
  const endpoint = await listenForWebhooks();
  const { double, stripe } = await openStripe({ webhookUrl: endpoint.url });
  await stripe.customers.create({ name: 'old' }, { idempotencyKey: 'old' });
  await double.webhooks.settled();
  double.webhooks.hold();
  await stripe.customers.create({ name: 'held' });
  double.moveOn({ days: 31 });
  await stripe.customers.create({ name: 'new' }, { idempotencyKey: 'new' });
  const named = (events: { data: { object: unknown } }[]) => events.map(({ data }) => data.object);
  expect(named((await stripe.events.list()).data)).toMatchObject([{ name: 'new' }]);

  forgetOld(double);
  expect(named(double.state.events.map(({ event }) => event))).toMatchObject([
    { name: 'held' },
    { name: 'new' },
  ]);
  expect(Object.keys(double.state.answers)).toEqual(expect.arrayContaining(['new']));
  expect(double.state.answers).not.toHaveProperty('old');
});

test('a checkout that nobody pays expires after a day', async () => {
  const open = await openStripe();
  const { double, stripe } = open;
  const { session } = await startCheckout(open);
  double.moveOn({ days: 1 });
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'expired', url: null });
  expect((await stripe.events.list({ type: 'checkout.session.expired' })).data).toHaveLength(1);
});
