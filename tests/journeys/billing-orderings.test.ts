import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { processEvent } from '../../server/domains/billing/process-event.ts';
import { openBillingWorld } from '../support/billing-world.ts';
import { hearOfStripe } from '../support/hear-of-stripe.ts';

const world = await openBillingWorld();
const { database, server, stripe } = world;
const { quiet } = hearOfStripe(world);
// Nothing comes by itself: each event is delivered when an order says so.
stripe.webhooks.hold();

type Step = (subscriptionId: string, customer: string) => void;

/** Each step is one event; the first of all is that of the purchase. */
const LIVES: Record<string, Step[]> = {
  'that ends': [
    (id) => stripe.setStatus(id, 'past_due'),
    (id) => stripe.setStatus(id, 'active'),
    (id) => stripe.cancelInPortal(id),
    (id) => stripe.end(id),
  ],
  'that goes on': [
    (id) => stripe.cancelInPortal(id),
    (id) => stripe.resumeInPortal(id),
    (id) => stripe.setStatus(id, 'past_due'),
    (id) => stripe.setStatus(id, 'active'),
  ],
};
const ENDS = {
  'that ends': { state: 'free', status: 'canceled', plan: 'free', until: null, since: null, ends: null },
  'that goes on': {
    state: 'pro',
    status: 'active',
    plan: 'pro',
    until: expect.any(Date),
    since: null,
    ends: null,
  },
};

/** Every order of some things. */
function orders<T>(things: readonly T[]): T[][] {
  if (things.length < 2) return [[...things]];
  return things.flatMap((first, at) => orders(things.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}

/** An organization with a customer who has bought Pro, of which nobody has heard here. */
async function openCompany() {
  const { client, settings } = server.services.stripe ?? {};
  if (client === undefined) throw new Error('Nothing is sold here.');
  const id = randomUUID();
  await database.admin(
    `insert into tenants (id, name, name_key, slug, plan) values ($1, $2, $2, $2, 'free')`,
    [id, `c-${id}`],
  );
  const { id: customer } = await client.customers.create();
  await database.admin('insert into subscriptions (tenant_id, stripe_customer_id) values ($1, $2)', [
    id,
    customer,
  ]);
  const session = await client.checkout.sessions.create({
    mode: 'subscription',
    customer,
    line_items: [{ price: settings?.proPriceId ?? '', quantity: 1 }],
    success_url: 'https://example.com',
  });
  return { tenantId: id, customer, subscriptionId: stripe.pay(session.id).id };
}

const lastEvent = (type: string, customer: string): string => {
  const found = stripe.state.events.findLast(
    ({ event, customerId }) => event.type.startsWith(type) && customerId === customer,
  );
  if (found === undefined) throw new Error(`${customer} has no event ${type}.`);
  return found.event.id;
};

/** Lives a life in which its five events come in one order, each as soon as it has happened, and twice. */
async function live(steps: Step[], order: number[]): Promise<{ tenantId: string; eventIds: string[] }> {
  const { tenantId, customer, subscriptionId } = await openCompany();
  const eventIds = [lastEvent('customer.subscription.created', customer)];
  let earlier: string | null = null;
  for (const number of order) {
    while (eventIds.length <= number) {
      steps[eventIds.length - 1]?.(subscriptionId, customer);
      eventIds.push(lastEvent('customer.subscription.', customer));
    }
    const eventId = eventIds[number] ?? '';
    expect(await stripe.webhooks.deliver(eventId)).toBe(200);
    // Here some events are processed before the next thing happens, and some whenever their job comes.
    if (number % 2 === 0) await processEvent(server.services, eventId);
    if (earlier !== null) expect(await stripe.webhooks.deliver(earlier)).toBe(200);
    earlier = eventId;
  }
  expect(await stripe.webhooks.deliver(earlier ?? '')).toBe(200);
  expect(new Set(eventIds).size).toBe(5);
  return { tenantId, eventIds };
}

test.each([
  ['all 120 orders', 'that ends', 1],
  ['every fifth order', 'that goes on', 5],
] as const)(
  'in %s in which the five events of a life %s can come, each twice, it ends the same',
  async (_orders, kind, step) => {
    const all = orders([0, 1, 2, 3, 4]).filter((_order, at) => at % step === 0);
    const many = 120 / step;
    expect(all).toHaveLength(many);
    const lives: Awaited<ReturnType<typeof live>>[] = [];
    for (let at = 0; at < all.length; at += 8)
      lives.push(
        ...(await Promise.all(all.slice(at, at + 8).map((order) => live(LIVES[kind] ?? [], order)))),
      );
    await quiet();
    const rows = await database.admin(
      `select s.tenant_id as id, s.state, s.stripe_status as status, t.plan, s.current_period_end as until,
          s.past_due_since as since, s.cancel_at as ends
        from subscriptions s join tenants t on t.id = s.tenant_id where t.id = any($1)`,
      [lives.map(({ tenantId }) => tenantId)],
    );
    expect(rows).toHaveLength(many);
    for (const { id, ...row } of rows) {
      const at = lives.findIndex(({ tenantId }) => tenantId === id);
      expect([all[at], row]).toEqual([all[at], ENDS[kind]]);
    }
    const eventIds = lives.flatMap((each) => each.eventIds);
    const [kept] = await database.admin<{ rows: number; left: number; jobs: number }>(
      `select count(*)::int as rows, count(*) filter (where processed_at is null)::int as left,
          (select count(*) from pgboss.job where name = 'billing.process-event' and data ->> 'eventId' = any($1))::int as jobs
        from stripe_events where id = any($1)`,
      [eventIds],
    );
    expect(kept).toEqual({ rows: 5 * many, left: 0, jobs: 5 * many });
  },
  120_000,
);

test('a late word of a change revives nothing that has ended', async () => {
  const { tenantId, customer, subscriptionId } = await openCompany();
  const created = lastEvent('customer.subscription.created', customer);
  await stripe.webhooks.deliver(created);
  await quiet();
  stripe.setStatus(subscriptionId, 'past_due');
  stripe.setStatus(subscriptionId, 'active');
  const late = lastEvent('customer.subscription.updated', customer);
  stripe.end(subscriptionId);
  const planOf = async () =>
    (await database.admin<{ plan: string }>('select plan from tenants where id = $1', [tenantId]))[0]?.plan;
  expect(await planOf()).toBe('pro');
  await stripe.webhooks.deliver(lastEvent('customer.subscription.deleted', customer));
  await quiet();
  expect(await planOf()).toBe('free');
  await stripe.webhooks.deliver(late);
  await quiet();
  expect(await planOf()).toBe('free');
});
