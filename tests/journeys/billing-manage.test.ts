import { expect, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { openBillingWorld } from '../support/billing-world.ts';
import { PASSWORD } from '../support/world.ts';

const world = await openBillingWorld();
const { server, stripe, register, addMember, subscribe, sync, customerOf } = world;

test('a new organization is told what Pro costs, and how much of Free it uses', async () => {
  const eve = await register('Eve’s Status', 'status@eve.example');
  const bob = await addMember(eve.tenant, 'viewer', 'bob@status.example');
  for (const number of [1, 2])
    await eve.call('monitors.create', { name: 'x', kind: 'http', target: `https://example.com/${number}` });
  const { items } = await eve.call('monitors.list');
  await eve.call('monitors.pause', { monitorId: items[0]?.id ?? '' });
  expect(await bob.call('billing.status')).toEqual({
    available: true,
    testMode: true,
    plan: 'free',
    state: 'free',
    subscribed: false,
    currentPeriodEnd: null,
    cancelAt: null,
    graceEndsAt: null,
    price: { amount: 1900, currency: 'usd', interval: 'month', intervalCount: 1 },
    usage: { monitors: 2, checkedMonitors: 1, members: 2 },
  });
  expect(await eve.call('billing.invoices')).toEqual({ items: [] });
});

test('the price is asked for once, whoever looks', async () => {
  const eve = await register('Eve’s Price', 'price@eve.example');
  await eve.call('billing.status');
  const asked = () => stripe.requests.filter((request) => request.startsWith('GET /v1/prices/')).length;
  const before = asked();
  await Promise.all(Array.from({ length: 5 }, () => eve.call('billing.status')));
  expect(asked()).toBe(before);
});

test('what is cancelled ends with its period, and can be resumed until then', async () => {
  const eve = await register('Eve’s End', 'end@eve.example');
  await subscribe(eve, eve.tenant.id);
  const { currentPeriodEnd } = await eve.call('billing.status');
  const cancelled = await eve.call('billing.cancel');
  expect(cancelled).toMatchObject({
    plan: 'pro',
    state: 'canceled',
    subscribed: true,
    currentPeriodEnd,
    cancelAt: currentPeriodEnd,
  });
  expect(await eve.call('billing.cancel')).toEqual(cancelled);
  expect(await eve.call('billing.resume')).toMatchObject({ plan: 'pro', state: 'pro', cancelAt: null });

  await eve.call('billing.cancel');
  const entries = (await eve.call('audit.list', { actions: ['subscription.canceled'] })).items;
  expect(entries.map(({ actor, after }) => [actor.kind, after])).toEqual([
    ['user', { cancelAt: currentPeriodEnd }],
    ['user', { cancelAt: currentPeriodEnd }],
  ]);
  stripe.moveOn({ months: 1 }, await customerOf(eve.tenant.id));
  await sync(eve.tenant.id);
  expect(await eve.call('billing.status')).toMatchObject({
    plan: 'free',
    state: 'free',
    subscribed: false,
    currentPeriodEnd: null,
    cancelAt: null,
  });
  for (const name of ['billing.resume', 'billing.cancel', 'billing.openPortal'] as const) {
    const refusal = await eve.refused(name);
    expect([refusal.status, refusal.data.reason]).toEqual([409, 'conflict']);
  }
});

test('what was cancelled in the portal is resumed here', async () => {
  const eve = await register('Eve’s Portal', 'portal@eve.example');
  const id = await subscribe(eve, eve.tenant.id);
  stripe.cancelInPortal(id);
  await sync(eve.tenant.id);
  expect((await eve.call('billing.status')).state).toBe('canceled');
  expect(await eve.call('billing.resume')).toMatchObject({ state: 'pro', cancelAt: null });
});

test('the portal opens for who has a subscription, and leads back to where it was asked', async () => {
  const eve = await register('Eve’s Door', 'door@eve.example');
  const id = await subscribe(eve, eve.tenant.id);
  const leadsTo = async (who: ApiClient) => {
    const { url } = await who.call('billing.openPortal');
    const page = await fetch(url);
    expect(page.status).toBe(200);
    return page.text();
  };
  expect(await leadsTo(eve)).toContain(`${server.origin}/billing"`);
  const here = new ApiClient(`http://${eve.tenant.slug}.localhost:${server.port}`);
  await here.call('auth.login', { email: eve.email, password: PASSWORD });
  expect(await leadsTo(here)).toContain(`${here.origin}/billing"`);
  for (const status of ['past_due', 'unpaid'] as const) {
    stripe.setStatus(id, status);
    await sync(eve.tenant.id);
    await leadsTo(eve);
  }
});

test('invoices are told newest first, with the pages where they are', async () => {
  const eve = await register('Eve’s Papers', 'papers@eve.example');
  const subscriptionId = await subscribe(eve, eve.tenant.id);
  const customer = await customerOf(eve.tenant.id);
  stripe.setCard(customer, 'bad');
  stripe.moveOn({ months: 1 }, customer);
  const { items } = await eve.call('billing.invoices');
  const [newest, oldest] = stripe.invoicesOf(customer);
  expect(items).toEqual([
    expect.objectContaining({ id: newest?.id, status: 'open', payable: true, amount: 1900, currency: 'usd' }),
    expect.objectContaining({
      id: oldest?.id,
      status: 'paid',
      payable: false,
      amount: 1900,
      currency: 'usd',
    }),
  ]);
  for (const { number, createdAt, url, pdfUrl } of items) {
    expect(number).toMatch(/\w/);
    expect(new Date(createdAt).toISOString()).toBe(createdAt);
    expect((await fetch(url ?? '')).status).toBe(200);
    expect((await fetch(pdfUrl ?? '')).status).toBe(200);
  }
  stripe.setStatus(subscriptionId, 'unpaid');
  await sync(eve.tenant.id);
  expect((await eve.call('billing.invoices')).items[0]?.payable).toBe(true);
  stripe.end(subscriptionId);
  await sync(eve.tenant.id);
  expect((await eve.call('billing.invoices')).items[0]).toMatchObject({ status: 'open', payable: false });
  const charlies = await register('Charlie’s Papers', 'charlie@papers.example');
  expect(await charlies.call('billing.invoices')).toEqual({ items: [] });
});
