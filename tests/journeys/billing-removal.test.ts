import { expect, test } from 'vitest';
import { followRemoval } from '../../server/domains/billing/follow-removal.ts';
import { removeTenantsQueue } from '../../shared/jobs/queues.ts';
import { openBillingWorld } from '../support/billing-world.ts';
import { eventually } from '../support/eventually.ts';
import { hearOfStripe } from '../support/hear-of-stripe.ts';
import type { Persona } from '../support/world.ts';

const world = await openBillingWorld();
const { customerOf, database, register, server, stripe, subscribe } = world;
const { quiet } = hearOfStripe(world);

let organizations = 0;
async function openCompany() {
  const mark = `r${++organizations}`;
  const owner = await register(`Company ${mark}`, `owner@${mark}.example`);
  const id = await subscribe(owner, owner.tenant.id);
  const customer = await customerOf(owner.tenant.id);
  const subscription = () => {
    const found = stripe.subscriptionsOf(customer).find((each) => each.id === id);
    if (found === undefined) throw new Error(`${id} is gone.`);
    return found;
  };
  await quiet();
  return { owner, tenantId: owner.tenant.id, id, customer, subscription };
}
const remove = (owner: Persona) => owner.call('tenants.remove', { name: owner.tenant.name });
const goAway = async (tenantId: string) => {
  await database.admin(`update tenants set removes_at = now() - interval '1 second' where id = $1`, [
    tenantId,
  ]);
  await server.services.boss.send(removeTenantsQueue.name);
};
const rowsOf = (tenantId: string) =>
  database.admin('select 1 from subscriptions where tenant_id = $1', [tenantId]);
const endsOf = async (owner: Persona) => (await owner.call('billing.status')).cancelAt;

test('who wants to be deleted is charged no more, and goes on as before when that is taken back', async () => {
  const { owner, subscription } = await openCompany();
  await remove(owner);
  await quiet();
  expect(subscription().cancel_at_period_end).toBe(true);
  expect(await owner.call('billing.status')).toMatchObject({ plan: 'pro', state: 'canceled' });
  expect(await endsOf(owner)).toEqual(expect.any(String));

  await owner.call('tenants.undoRemoval');
  await quiet();
  expect(subscription()).toMatchObject({ cancel_at_period_end: false, cancel_at: null, metadata: {} });
  expect(await owner.call('billing.status')).toMatchObject({ plan: 'pro', state: 'pro', cancelAt: null });
});

test.each(['here', 'in the portal'] as const)(
  'what somebody had cancelled %s before stays cancelled when the deletion is taken back',
  async (where) => {
    const { owner, id } = await openCompany();
    if (where === 'here') await owner.call('billing.cancel');
    else stripe.cancelInPortal(id);
    await quiet();
    const end = await endsOf(owner);
    await remove(owner);
    await quiet();
    await owner.call('tenants.undoRemoval');
    await quiet();
    expect(end).toEqual(expect.any(String));
    expect(await endsOf(owner)).toBe(end);
  },
);

test('taken back while another process is about to cancel, it goes on all the same', async () => {
  const { owner, tenantId, subscription, customer } = await openCompany();
  const held = stripe.faults.holdNextAnswer(`GET /v1/customers/${customer}`);
  await remove(owner);
  await held.arrived;
  await owner.call('tenants.undoRemoval');
  // Worked elsewhere meanwhile: there is nothing to take back yet.
  await database.admin(
    `delete from pgboss.job where name = 'billing.follow-removal' and data ->> 'tenantId' = $1 and state = 'created'`,
    [tenantId],
  );
  await followRemoval(server.services, tenantId);
  held.release();
  await quiet();
  expect(subscription()).toMatchObject({ cancel_at_period_end: false, cancel_at: null, metadata: {} });
  expect(await owner.call('billing.status')).toMatchObject({ state: 'pro', cancelAt: null });
});

test('with the organization its subscription ends, its open checkout too, and its row is gone', async () => {
  const { owner, tenantId, subscription, customer } = await openCompany();
  const looker = await register('Company that looked', 'owner@looked.example');
  const { url } = await looker.call('billing.startCheckout', { plan: 'pro' });
  for (const who of [owner, looker]) await remove(who);
  await quiet();
  expect(stripe.session(url).status).toBe('expired');
  for (const who of [owner, looker]) await goAway(who.tenant.id);
  await eventually(
    async () => (await rowsOf(tenantId)).length + (await rowsOf(looker.tenant.id)).length === 0,
  );
  await quiet();
  expect(subscription().status).toBe('canceled');
  expect(
    server.logLines.find((line) => line.event === 'billing.forgotten' && line.tenantId === tenantId),
  ).toEqual(expect.objectContaining({ stripeCustomerId: customer }));
  // What Stripe still tells of it is nobody's.
  expect(
    server.logLines.filter(
      (line) => line.outcome === 'unknown_customer' && line.stripeCustomerId === customer,
    ),
  ).not.toEqual([]);
});

test('while Stripe cannot be reached its subscription waits for its end, and nothing of it is forgotten', async () => {
  const { owner, tenantId, subscription, customer } = await openCompany();
  await remove(owner);
  await quiet();
  stripe.faults.failNext('server_error', `GET /v1/customers/${customer}`, 3);
  await goAway(tenantId);
  await eventually(() => server.takeErrors().some(({ queue }) => queue === 'billing.follow-removal'));
  expect(subscription().status).toBe('active');
  expect(await rowsOf(tenantId)).toHaveLength(1);
  stripe.faults.clear();
  await database.admin(
    `update pgboss.job set start_after = now() where name = 'billing.follow-removal' and state = 'retry'`,
  );
  await eventually(async () => (await rowsOf(tenantId)).length === 0);
  expect(subscription().status).toBe('canceled');
});

test('a customer that somebody deleted at Stripe keeps nobody from being forgotten', async () => {
  const { owner, tenantId, customer } = await openCompany();
  await server.services.stripe?.client.customers.del(customer);
  await remove(owner);
  await quiet();
  await goAway(tenantId);
  await eventually(async () => (await rowsOf(tenantId)).length === 0);
});
