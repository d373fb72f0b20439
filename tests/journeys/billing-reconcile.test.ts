import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { reconcileQueue, sweepEventsQueue } from '../../shared/jobs/billing-queues.ts';
import { openBillingWorld } from '../support/billing-world.ts';
import { eventually } from '../support/eventually.ts';
import { hearOfStripe } from '../support/hear-of-stripe.ts';
import type { Persona } from '../support/world.ts';

const world = await openBillingWorld();
const { customerOf, database, register, server, stripe, subscribe } = world;
const { quiet } = hearOfStripe(world);
// Nothing is heard of Stripe here but what it is asked.
stripe.webhooks.hold();

let organizations = 0;
async function openCompany() {
  const mark = `c${++organizations}`;
  const owner = await register(`Company ${mark}`, `owner@${mark}.example`);
  const id = await subscribe(owner, owner.tenant.id);
  return { owner, tenantId: owner.tenant.id, id, customer: await customerOf(owner.tenant.id) };
}
const standing = async (owner: Persona) => {
  const { plan, state, cancelAt } = await owner.call('billing.status');
  return { plan, state, ends: cancelAt !== null };
};
const reconciled = () => server.logLines.filter(({ event }) => event === 'billing.reconciled');
/** Compares, as every night, and gives what the log says of it. */
async function reconcile() {
  const before = reconciled().length;
  await server.services.boss.send(reconcileQueue.name);
  await eventually(() => reconciled().length > before);
  await quiet();
  return reconciled().at(-1);
}
const lastEntry = async (owner: Persona) =>
  (await owner.call('audit.list', { actor: 'system', limit: 1 })).items[0];

test('what was missed is mended and written down, and who is as Stripe says is left alone', async () => {
  const same = await openCompany();
  const canceled = await openCompany();
  const ended = await openCompany();
  const failed = await openCompany();
  const bought = await register('Company bought', 'owner@bought.example');
  stripe.pay((await bought.call('billing.startCheckout', { plan: 'pro' })).url);
  const forgotten = await openCompany();
  await database.admin(`update tenants set plan = 'free' where id = $1`, [forgotten.tenantId]);
  stripe.cancelInPortal(canceled.id);
  stripe.end(ended.id);
  stripe.setStatus(failed.id, 'past_due');
  const before = await lastEntry(same.owner);

  expect(await reconcile()).toMatchObject({ same: 1, differs: 5, gone: 0, strangers: 0 });
  expect(await lastEntry(same.owner)).toEqual(before);
  expect(await standing(same.owner)).toEqual({ plan: 'pro', state: 'pro', ends: false });
  expect(await standing(canceled.owner)).toEqual({ plan: 'pro', state: 'canceled', ends: true });
  expect(await standing(ended.owner)).toEqual({ plan: 'free', state: 'free', ends: false });
  expect(await standing(failed.owner)).toEqual({ plan: 'pro', state: 'past_due', ends: false });
  expect(await standing(bought)).toEqual({ plan: 'pro', state: 'pro', ends: false });
  expect(await standing(forgotten.owner)).toEqual({ plan: 'pro', state: 'pro', ends: false });
  expect(await lastEntry(ended.owner)).toMatchObject({
    actor: { kind: 'system' },
    action: 'plan.changed',
    before: { plan: 'pro', state: 'pro' },
    after: { plan: 'free', state: 'free' },
  });
  expect(server.logLines.filter(({ event }) => event === 'billing.difference_found')).toContainEqual(
    expect.objectContaining({
      level: 'warn',
      tenantId: ended.tenantId,
      before: expect.objectContaining({ plan: 'pro', state: 'pro' }),
      after: expect.objectContaining({ plan: 'free', state: 'free' }),
    }),
  );
  const found = server.logLines.filter(({ event }) => event === 'billing.difference_found');
  expect(found.map(({ tenantId }) => tenantId)).not.toContain(same.tenantId);
  // Mended is mended.
  expect(await reconcile()).toMatchObject({ same: 6, differs: 0 });
});

test('who waits for word of a payment that got lost has Stripe asked at once, about themselves alone', async () => {
  const other = await register('Company other', 'owner@other.example');
  const lost = await register('Company lost', 'owner@lost.example');
  expect(await lost.call('billing.refresh')).toMatchObject({ plan: 'free', state: 'free' });
  for (const who of [other, lost]) stripe.pay((await who.call('billing.startCheckout', { plan: 'pro' })).url);
  expect(await standing(lost)).toEqual({ plan: 'free', state: 'free', ends: false });
  const told = await lost.call('billing.refresh');
  expect(told).toMatchObject({ plan: 'pro', state: 'pro', subscribed: true });
  expect(await lost.call('billing.status')).toEqual(told);
  expect(await lastEntry(lost)).toMatchObject({ action: 'plan.changed', after: { plan: 'pro' } });
  expect(await standing(other)).toEqual({ plan: 'free', state: 'free', ends: false });
  await other.call('billing.refresh');
});

test('an operator has it compared at once by a command', async () => {
  const before = reconciled().length;
  const { stdout } = await promisify(execFile)(process.execPath, ['deploy/reconcile-billing.ts'], {
    env: { SYSTEM_DATABASE_URL: database.urls.system },
  });
  expect(stdout).toBe('The server will compare now.\n');
  await eventually(() => reconciled().length > before);
  await quiet();
});

test('an event that never arrived is fetched once and processed; one of long ago is not', async () => {
  const { id } = await openCompany();
  await reconcile();
  stripe.setStatus(id, 'past_due');
  stripe.setStatus(id, 'active');
  const fresh = stripe.webhooks
    .held()
    .slice(-2)
    .map(({ event }) => event.id);
  const [oldest] = stripe.webhooks.held();
  if (oldest === undefined) throw new Error('Nothing was held.');
  await database.admin('delete from stripe_events where id = $1', [oldest.event.id]);
  oldest.event.created -= 31 * 86_400;
  expect(await reconcile()).toMatchObject({ eventsFetched: 2 });
  const kept = () =>
    database.admin<{ id: string; outcome: string }>(
      'select id, outcome from stripe_events where id = any($1)',
      [[...fresh, oldest.event.id]],
    );
  expect((await kept()).map(({ id: each, outcome }) => [each, outcome]).sort()).toEqual(
    fresh.map((each) => [each, 'unchanged']).sort(),
  );
  expect(await reconcile()).toMatchObject({ eventsFetched: 0 });
  // It arrives after all, and is known.
  expect(await stripe.webhooks.deliver(fresh[0] ?? '')).toBe(200);
  expect(await kept()).toHaveLength(2);
});

test('an event whose job failed for good is processed again', async () => {
  const { customer } = await openCompany();
  await database.admin(
    `insert into stripe_events (id, type, livemode, stripe_customer_id, created_at, received_at)
      values ('evt_left', 'customer.subscription.updated', false, $1, now(), now() - interval '2 days')`,
    [customer],
  );
  expect(await reconcile()).toMatchObject({ eventsLeftOver: 1 });
  const [row] = await database.admin(`select outcome from stripe_events where id = 'evt_left'`);
  expect(row).toEqual({ outcome: 'unchanged' });
});

test('the operator hears of who pays and has no organization, and what is left of one ends', async () => {
  const { tenantId, id, customer } = await openCompany();
  const stranger = await openCompany();
  await database.admin('delete from subscriptions where tenant_id = $1', [stranger.tenantId]);
  await database.admin('delete from tenants where id = $1', [tenantId]);
  expect(await reconcile()).toMatchObject({ gone: 1, strangers: 1 });
  expect(server.logLines).toContainEqual(
    expect.objectContaining({
      event: 'billing.stranger',
      level: 'warn',
      stripeCustomerId: stranger.customer,
    }),
  );
  expect(await database.admin('select 1 from subscriptions where tenant_id = $1', [tenantId])).toEqual([]);
  expect(stripe.subscriptionsOf(customer).find((each) => each.id === id)?.status).toBe('canceled');
});

test('one customer that this key does not know keeps nobody else from being mended, and loses nothing', async () => {
  const lost = await openCompany();
  const other = await openCompany();
  await database.admin(`update subscriptions set stripe_customer_id = 'cus_elsewhere' where tenant_id = $1`, [
    lost.tenantId,
  ]);
  stripe.end(other.id);
  expect(await reconcile()).toMatchObject({ differs: 2 });
  expect((await standing(other.owner)).plan).toBe('free');
  expect((await standing(lost.owner)).plan).toBe('pro');
  expect(server.takeErrors().map(({ event }) => event)).toContain('billing.stripe_invalid_request');
  await database.admin('update subscriptions set stripe_customer_id = $1 where tenant_id = $2', [
    lost.customer,
    lost.tenantId,
  ]);
});

test('after ninety days an event is forgotten', async () => {
  await database.admin(
    `insert into stripe_events (id, type, livemode, created_at, received_at)
      select 'evt_' || days, 'a.b', false, now(), now() - make_interval(days => days) from unnest(array[89, 91]) days`,
  );
  await server.services.boss.send(sweepEventsQueue.name);
  await quiet();
  const rows = await database.admin<{ id: string }>(
    `select id from stripe_events where id in ('evt_89', 'evt_91')`,
  );
  expect(rows).toEqual([{ id: 'evt_89' }]);
});
