import { expect, test } from 'vitest';
import { PLAN_CHANGED_EVENT } from '../../shared/jobs/queues.ts';
import { openBillingWorld } from '../support/billing-world.ts';

const world = await openBillingWorld();
const { database, server, stripe, register, subscribe, sync, customerOf, setPlan } = world;

/** Hears of every change of a plan, as whoever follows it does. */
const HEARS = 'test.hears-of-plans';
await server.services.boss.createQueue(HEARS, { policy: 'standard' });
await server.services.boss.subscribe(PLAN_CHANGED_EVENT, HEARS);
const heard = async (tenantId: string) =>
  (
    await database.admin(`select 1 from pgboss.job where name = $1 and data ->> 'tenantId' = $2`, [
      HEARS,
      tenantId,
    ])
  ).length;

type Row = { version: number; state: string; stripe_status: string | null; past_due_since: Date | null };
const rowOf = async (tenantId: string): Promise<Row> => {
  const [row] = await database.admin<Row>('select * from subscriptions where tenant_id = $1', [tenantId]);
  if (row === undefined) throw new Error(`${tenantId} has no row.`);
  return row;
};
const entriesOf = (tenantId: string) =>
  database.admin<{ action: string; before: Record<string, unknown>; after: Record<string, unknown> }>(
    `select action, before, after from audit_log where tenant_id = $1 and actor_kind = 'system' order by at, id`,
    [tenantId],
  );
const planOf = async (tenantId: string) =>
  (
    await database.admin<{ plan: string; changed: Date | null }>(
      'select plan, plan_changed_at as changed from tenants where id = $1',
      [tenantId],
    )
  )[0];

test('a payment puts the organization on Pro: its plan, one entry, one event, one line of the log', async () => {
  const eve = await register('Eve’s Sync', 'sync@eve.example');
  const id = await subscribe(eve, eve.tenant.id);
  const period = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);
  const before = { plan: 'free', state: 'free', currentPeriodEnd: null };
  const after = { plan: 'pro', state: 'pro', currentPeriodEnd: period };
  expect(await planOf(eve.tenant.id)).toEqual({ plan: 'pro', changed: expect.any(Date) });
  expect(await entriesOf(eve.tenant.id)).toEqual([{ action: 'plan.changed', before, after }]);
  expect(await heard(eve.tenant.id)).toBe(1);
  const lines = server.logLines.filter(
    ({ event, tenantId }) => event?.startsWith('billing.') && tenantId === eve.tenant.id,
  );
  expect(lines.filter(({ event }) => event === 'billing.plan_changed')).toEqual([
    expect.objectContaining({ tenantId: eve.tenant.id, before, after }),
  ]);
  expect(await rowOf(eve.tenant.id)).toMatchObject({ stripe_subscription_id: id, state: 'pro' });
});

test('asked again, with nothing new, it writes no entry, tells nobody, and still counts', async () => {
  const eve = await register('Eve’s Again', 'again@eve.example');
  await subscribe(eve, eve.tenant.id);
  const { version } = await rowOf(eve.tenant.id);
  for (let turn = 0; turn < 3; turn++) expect(await sync(eve.tenant.id)).toMatchObject({ changed: false });
  expect(await entriesOf(eve.tenant.id)).toHaveLength(1);
  expect(await heard(eve.tenant.id)).toBe(1);
  expect((await rowOf(eve.tenant.id)).version).toBe(version + 3);
});

test('an older answer never replaces a newer one', async () => {
  const eve = await register('Eve’s Late', 'late@eve.example');
  const { url } = await eve.call('billing.startCheckout', { plan: 'pro' });
  const held = stripe.faults.holdNextAnswer('GET /v1/subscriptions');
  const older = sync(eve.tenant.id);
  await held.arrived;
  stripe.pay(url);
  await sync(eve.tenant.id);
  held.release();
  expect(await older).toMatchObject({ state: 'pro', changed: false });
  expect(await eve.call('billing.status')).toMatchObject({ plan: 'pro', state: 'pro' });
});

test('many who ask at the same instant end as one does', async () => {
  const eve = await register('Eve’s Crowd', 'crowd@eve.example');
  stripe.pay((await eve.call('billing.startCheckout', { plan: 'pro' })).url);
  await Promise.all(Array.from({ length: 8 }, () => sync(eve.tenant.id)));
  expect(await entriesOf(eve.tenant.id)).toHaveLength(1);
  expect(await heard(eve.tenant.id)).toBe(1);
});

test('a payment that fails keeps Pro, and its day is that of the first word of it', async () => {
  const eve = await register('Eve’s Grace', 'grace@eve.example');
  const id = await subscribe(eve, eve.tenant.id);
  stripe.setStatus(id, 'past_due');
  await sync(eve.tenant.id);
  const first = await rowOf(eve.tenant.id);
  expect(first).toMatchObject({ state: 'past_due', past_due_since: expect.any(Date) });
  await sync(eve.tenant.id);
  expect((await rowOf(eve.tenant.id)).past_due_since).toEqual(first.past_due_since);
  const status = await eve.call('billing.status');
  expect(status).toMatchObject({ plan: 'pro', state: 'past_due', subscribed: true });
  expect(Date.parse(status.graceEndsAt ?? '') - (first.past_due_since?.getTime() ?? 0)).toBe(7 * 86_400_000);

  await database.admin(
    `update subscriptions set past_due_since = now() - interval '7 days' where tenant_id = $1`,
    [eve.tenant.id],
  );
  await sync(eve.tenant.id);
  expect(await eve.call('billing.status')).toMatchObject({
    plan: 'free',
    state: 'past_due',
    subscribed: true,
  });

  stripe.setStatus(id, 'active');
  await sync(eve.tenant.id);
  expect(await eve.call('billing.status')).toMatchObject({ plan: 'pro', state: 'pro', graceEndsAt: null });
  expect((await entriesOf(eve.tenant.id)).map(({ action, after }) => [action, after.state])).toEqual([
    ['plan.changed', 'pro'],
    ['subscription.changed', 'past_due'],
    ['plan.changed', undefined],
    ['plan.changed', 'pro'],
  ]);
});

test('each renewal moves the end of what is paid for', async () => {
  const eve = await register('Eve’s Months', 'months@eve.example');
  await subscribe(eve, eve.tenant.id);
  const before = (await eve.call('billing.status')).currentPeriodEnd ?? '';
  stripe.moveOn({ months: 1 }, await customerOf(eve.tenant.id));
  await sync(eve.tenant.id);
  const after = (await eve.call('billing.status')).currentPeriodEnd ?? '';
  expect(Date.parse(after)).toBeGreaterThan(Date.parse(before));
  expect((await entriesOf(eve.tenant.id)).at(-1)).toEqual({
    action: 'subscription.changed',
    before: { currentPeriodEnd: before },
    after: { currentPeriodEnd: after },
  });
});

test('an organization that only looked at a checkout keeps the plan it was given', async () => {
  const eve = await register('Eve’s Look', 'look@eve.example');
  await eve.call('billing.startCheckout', { plan: 'pro' });
  await setPlan(eve.tenant, 'pro');
  await sync(eve.tenant.id);
  expect(await planOf(eve.tenant.id)).toMatchObject({ plan: 'pro' });
  expect(await sync((await register('Eve’s None', 'none@eve.example')).tenant.id)).toBeNull();
});

test('what was paid for twice counts once, and the operator hears of it', async () => {
  const eve = await register('Eve’s Double', 'double@eve.example');
  const first = await subscribe(eve, eve.tenant.id);
  const customer = await customerOf(eve.tenant.id);
  stripe.moveOn({ seconds: 2 }); // the second one is younger by what Stripe counts in
  const { client, settings } = server.services.stripe ?? {};
  const session = await client?.checkout.sessions.create({
    mode: 'subscription',
    customer,
    line_items: [{ price: settings?.proPriceId ?? '', quantity: 1 }],
    success_url: 'https://example.com',
  });
  const second = stripe.pay(session?.id ?? '');
  await sync(eve.tenant.id);
  const [error] = server.takeErrors();
  expect(error).toMatchObject({ event: 'billing.two_subscriptions', tenantId: eve.tenant.id });
  expect([error?.subscriptionIds].flat().sort()).toEqual([first, second.id].sort());
  expect(await rowOf(eve.tenant.id)).toMatchObject({ stripe_subscription_id: first });
  stripe.end(first);
  await sync(eve.tenant.id);
  expect(await eve.call('billing.status')).toMatchObject({ plan: 'pro', state: 'pro' });
});

test('a customer that was deleted at Stripe has nothing; one that this key does not know keeps what it has', async () => {
  const eve = await register('Eve’s Account', 'account@eve.example');
  await subscribe(eve, eve.tenant.id);
  const known = await customerOf(eve.tenant.id);
  const set = (customer: string) =>
    database.admin('update subscriptions set stripe_customer_id = $1 where tenant_id = $2', [
      customer,
      eve.tenant.id,
    ]);
  await set('cus_ofAnotherAccount');
  await expect(sync(eve.tenant.id)).rejects.toThrow('could not be done');
  expect(server.takeErrors()).toEqual([
    expect.objectContaining({ event: 'billing.stripe_invalid_request', code: 'resource_missing' }),
  ]);
  expect(await planOf(eve.tenant.id)).toMatchObject({ plan: 'pro' });
  await set(known);
  await server.services.stripe?.client.customers.del(known);
  await sync(eve.tenant.id);
  expect(await planOf(eve.tenant.id)).toMatchObject({ plan: 'free' });
});

test('the subscription of an organization that is gone is still written', async () => {
  const eve = await register('Eve’s Gone', 'gone@eve.example');
  const id = await subscribe(eve, eve.tenant.id);
  await database.admin('delete from tenants where id = $1', [eve.tenant.id]);
  stripe.end(id);
  await sync(eve.tenant.id);
  expect(await rowOf(eve.tenant.id)).toMatchObject({ state: 'free', stripe_status: 'canceled' });
});
