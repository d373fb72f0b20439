import { expect, test } from 'vitest';
import { openBillingWorld } from '../support/billing-world.ts';
import { eventually } from '../support/eventually.ts';
import { hearOfStripe } from '../support/hear-of-stripe.ts';

const world = await openBillingWorld();
const { database, register, server, stripe } = world;
const { quiet } = hearOfStripe(world);

type Row = { type: string; processed: boolean; outcome: string | null; customer: string | null };
const rowsOf = (eventId: string) =>
  database.admin<Row>(
    `select type, processed_at is not null as processed, outcome, stripe_customer_id as customer
      from stripe_events where id = $1`,
    [eventId],
  );
const jobsOf = (eventId: string) =>
  database.admin(
    `select 1 from pgboss.job where name = 'billing.process-event' and data ->> 'eventId' = $1`,
    [eventId],
  );
/** Those that are kept, oldest first, of one type. */
const eventIds = (type: string) =>
  stripe.state.events.map(({ event }) => event).filter((event) => event.type === type);

test('who pays is on Pro as soon as Stripe says so, and the log tells how', async () => {
  const eve = await register('Eve’s Shop', 'eve@shop.example');
  stripe.pay((await eve.call('billing.startCheckout', { plan: 'pro' })).url);
  await eventually(async () => (await eve.call('billing.status')).plan === 'pro');
  const [created] = eventIds('customer.subscription.created');
  const eventId = created?.id ?? '';
  await quiet();
  expect(await rowsOf(eventId)).toEqual([
    {
      type: 'customer.subscription.created',
      processed: true,
      outcome: expect.stringMatching(/^(un)?changed$/),
      customer: expect.stringMatching(/^cus_/),
    },
  ]);
  expect(await jobsOf(eventId)).toHaveLength(1);
  // One grep for the organization finds what happened, what made it happen, and what was before.
  const lines = server.logLines.filter(({ tenantId }) => tenantId === eve.tenant.id);
  expect(lines.find(({ event }) => event === 'billing.plan_changed')).toMatchObject({
    stripeEventId: expect.stringMatching(/^evt_/),
    before: { plan: 'free', state: 'free' },
    after: { plan: 'pro', state: 'pro' },
  });
});
