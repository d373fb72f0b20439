import { expect, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { openBillingWorld } from '../support/billing-world.ts';

const world = await openBillingWorld();
const { database, server, stripe, register, sync, subscribe, customerOf } = world;

const openSessionsOf = (customer: string) =>
  Object.values(stripe.state.checkoutSessions).filter(
    (session) => session.customer === customer && session.status === 'open',
  );
const start = (who: ApiClient) => who.call('billing.startCheckout', { plan: 'pro' });

test('a checkout sells Pro to the organization, and leads back to where it was asked', async () => {
  const eve = await register('Eve’s Checkout', 'checkout@eve.example');
  const { url } = await start(eve);
  const session = stripe.session(url);
  const customer = await customerOf(eve.tenant.id);
  expect(url.startsWith(stripe.origin)).toBe(true);
  expect(session).toMatchObject({
    mode: 'subscription',
    customer,
    client_reference_id: eve.tenant.id,
    metadata: { tenantId: eve.tenant.id },
    success_url: `${server.origin}/billing/success`,
    cancel_url: `${server.origin}/billing/cancel`,
  });
  expect(stripe.state.customers[customer]).toMatchObject({
    email: 'checkout@eve.example',
    name: 'Eve’s Checkout',
    metadata: { tenantId: eve.tenant.id },
  });
  const { metadata, items } = stripe.pay(url);
  expect(metadata).toEqual({ tenantId: eve.tenant.id });
  expect(items.data.map(({ price, quantity }) => [price.id, quantity])).toEqual([
    [stripe.environment.STRIPE_PRO_PRICE_ID, 1],
  ]);
});

test('on an organization’s own host the way leads back there', async () => {
  const eve = await register('Eve’s Host', 'host@eve.example');
  const here = new ApiClient(`http://${eve.tenant.slug}.localhost:${server.port}`);
  await here.call('auth.login', { email: eve.email, password: 'Correct-Horse-7-Battery' });
  const session = stripe.session((await start(here)).url);
  expect(session.success_url).toBe(`${here.origin}/billing/success`);
  expect(session.cancel_url).toBe(`${here.origin}/billing/cancel`);
});

test('neither a checkout nor the way back from it grants anything', async () => {
  const eve = await register('Eve’s Wait', 'wait@eve.example');
  const { url } = await start(eve);
  const session = stripe.session(url);
  stripe.pay(url);
  await eve.raw('GET', new URL(session.success_url ?? '').pathname);
  expect(await eve.call('billing.status')).toMatchObject({ plan: 'free', state: 'free', subscribed: false });
  await sync(eve.tenant.id);
  expect(await eve.call('billing.status')).toMatchObject({ plan: 'pro', state: 'pro', subscribed: true });
});

test('many at the same instant get one customer, and one page that can be paid', async () => {
  const eve = await register('Eve’s Rush', 'rush@eve.example');
  const others = await Promise.all(
    [1, 2, 3, 4].map((number) => world.addMember(eve.tenant, 'admin', `rush-${number}@eve.example`)),
  );
  const urls = await Promise.all([eve, ...others, eve, ...others].map((who) => start(who)));
  const made = Object.values(stripe.state.customers).filter(
    (customer) => 'metadata' in customer && customer.metadata.tenantId === eve.tenant.id,
  );
  expect(made.map(({ id }) => id)).toEqual([await customerOf(eve.tenant.id)]);
  const open = openSessionsOf(made[0]?.id ?? '');
  expect(open).toHaveLength(1);
  expect(urls.map(({ url }) => url)).toContain(open[0]?.url);
});

test('another checkout ends the one before it', async () => {
  const eve = await register('Eve’s Second', 'second@eve.example');
  const first = await start(eve);
  const second = await start(eve);
  expect(second.url).not.toBe(first.url);
  expect(stripe.session(first.url).status).toBe('expired');
  expect(stripe.session(second.url).status).toBe('open');
});

test('who has paid is sold nothing more, although nobody has told us of it yet', async () => {
  const eve = await register('Eve’s Twice', 'twice@eve.example');
  stripe.pay((await start(eve)).url);
  const refusal = await eve.refused('billing.startCheckout', { plan: 'pro' });
  expect([refusal.status, refusal.data.reason]).toEqual([409, 'already_subscribed']);
  expect(openSessionsOf(await customerOf(eve.tenant.id))).toEqual([]);
  expect((await eve.call('billing.status')).plan).toBe('pro');
});

test('an organization that is given Pro is not sold it', async () => {
  const eve = await register('Eve’s Gift', 'gift@eve.example');
  await world.setPlan(eve.tenant, 'pro');
  const refusal = await eve.refused('billing.startCheckout', { plan: 'pro' });
  expect(refusal.data.reason).toBe('already_subscribed');
  expect(refusal.message).toBe('Eve’s Gift is on Pro already, and pays nothing for it.');
  expect(await database.admin('select 1 from subscriptions where tenant_id = $1', [eve.tenant.id])).toEqual(
    [],
  );
});

test('who cancelled, and whose payment failed, is told what to do instead', async () => {
  const eve = await register('Eve’s Instead', 'instead@eve.example');
  const id = await subscribe(eve, eve.tenant.id);
  await eve.call('billing.cancel');
  const cancelled = await eve.refused('billing.startCheckout', { plan: 'pro' });
  expect(cancelled.message).toContain('Resume the subscription instead.');
  for (const status of ['past_due', 'unpaid'] as const) {
    await eve.call('billing.resume');
    stripe.setStatus(id, status);
    await sync(eve.tenant.id);
    const refusal = await eve.refused('billing.startCheckout', { plan: 'pro' });
    expect(refusal.data.reason).toBe('already_subscribed');
    expect(refusal.message).toContain('a payment that failed');
  }
});

test('who had Pro once can buy it again, as the same customer', async () => {
  const eve = await register('Eve’s Return', 'return@eve.example');
  stripe.end(await subscribe(eve, eve.tenant.id));
  await sync(eve.tenant.id);
  expect((await eve.call('billing.status')).plan).toBe('free');
  const customer = await customerOf(eve.tenant.id);
  await subscribe(eve, eve.tenant.id);
  expect(await eve.call('billing.status')).toMatchObject({ plan: 'pro', state: 'pro' });
  expect(await customerOf(eve.tenant.id)).toBe(customer);
});

test('a customer that was deleted at Stripe is replaced', async () => {
  const eve = await register('Eve’s Ghost', 'ghost@eve.example');
  await start(eve);
  const gone = await customerOf(eve.tenant.id);
  await server.services.stripe?.client.customers.del(gone);
  const { url } = await start(eve);
  const customer = await customerOf(eve.tenant.id);
  expect(customer).not.toBe(gone);
  expect(stripe.session(url).customer).toBe(customer);
});

test('billing is asked for ten times an hour, all ways together', async () => {
  const eve = await register('Eve’s Ten', 'ten@eve.example');
  for (let turn = 0; turn < 5; turn++) {
    await start(eve);
    expect((await eve.refused('billing.openPortal')).data.reason).toBe('conflict');
  }
  for (const name of ['billing.openPortal', 'billing.cancel', 'billing.resume', 'billing.refresh'] as const)
    expect((await eve.refused(name)).data.reason).toBe('rate_limited');
});
