import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openBillingWorld } from '../support/billing-world.ts';
import { openEventStream } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { hearOfStripe } from '../support/hear-of-stripe.ts';
import { signWebhook } from '../support/stripe-double/sign-webhook.ts';
import { openDatabase } from '../support/test-database.ts';
import { openServer } from '../support/test-server.ts';

/** While one replaces the other both are in force. */
const OLD = 'whsec_old0old0old0old0';
const NEW = 'whsec_new0new0new0new0';
const world = await openBillingWorld({ environment: { STRIPE_WEBHOOK_SECRET: `${NEW},${OLD}` } });
const { alice, customerOf, database, register, server, stripe, subscribe } = world;
stripe.webhooks.set({ secrets: [OLD] });
const { quiet } = hearOfStripe(world);
const endpoint = `${server.origin}/webhooks/stripe`;

const now = () => Math.floor(Date.now() / 1000);

/** An event that nobody made at Stripe. */
function event(more: Record<string, unknown> = {}) {
  const id = `evt_${randomUUID().replaceAll('-', '')}`;
  const object = { object: 'subscription', id: 'sub_1', customer: 'cus_unknown' };
  const made = {
    id,
    object: 'event',
    type: 'customer.subscription.updated',
    livemode: false,
    created: now(),
  };
  return { id, body: JSON.stringify({ ...made, data: { object }, ...more }) };
}
const signed = (body: string, secrets = [OLD], at = now()) => signWebhook(body, secrets, at);
async function post(body: string | ReadableStream, signature: string | null, to = endpoint) {
  const headers: Record<string, string> = signature === null ? {} : { 'stripe-signature': signature };
  const streams = typeof body === 'string' ? {} : { duplex: 'half' as const };
  const response = await fetch(to, { method: 'POST', body, headers, ...streams });
  return { status: response.status, text: await response.text() };
}

const rowsOf = (eventId: string, where = database) =>
  where.admin<{ outcome: string | null; customer: string | null }>(
    'select outcome, stripe_customer_id as customer from stripe_events where id = $1',
    [eventId],
  );
const jobsOf = (eventId: string) =>
  database.admin(
    `select 1 from pgboss.job where name = 'billing.process-event' and data ->> 'eventId' = $1`,
    [eventId],
  );
const logged = (name: string, stripeEventId?: string) =>
  server.logLines.filter(
    (line) => line.event === name && (stripeEventId === undefined || line.stripeEventId === stripeEventId),
  );

test('who pays is on Pro as soon as Stripe says so, and the log tells how', async () => {
  const eve = await register('Eve’s Shop', 'eve@shop.example');
  stripe.pay((await eve.call('billing.startCheckout', { plan: 'pro' })).url);
  await eventually(async () => (await eve.call('billing.status')).plan === 'pro');
  await quiet();
  const [created] = stripe.state.events.filter(
    ({ event: { type } }) => type === 'customer.subscription.created',
  );
  const eventId = created?.event.id ?? '';
  expect(await rowsOf(eventId)).toEqual([
    { outcome: expect.stringMatching(/^(un)?changed$/), customer: await customerOf(eve.tenant.id) },
  ]);
  expect(await jobsOf(eventId)).toHaveLength(1);
  // One grep for the organization finds what happened, what made it happen, and what was before.
  const lines = server.logLines.filter(({ tenantId }) => tenantId === eve.tenant.id);
  expect(lines.find((line) => line.event === 'billing.plan_changed')).toMatchObject({
    stripeEventId: expect.stringMatching(/^evt_/),
    before: { plan: 'free', state: 'free' },
    after: { plan: 'pro', state: 'pro' },
  });
  expect(lines.filter((line) => line.event === 'billing.event_processed').length).toBeGreaterThan(3);
  expect(JSON.stringify(server.logLines)).not.toMatch(/whsec_|sk_test_/);
});

test('open pages hear of the plan and of its subscription, whoever changes them', async () => {
  const eve = await register('Eve’s Page', 'page@shop.example');
  const stream = await openEventStream(eve);
  // Only what changes is told, so the page must have been looked at once.
  await eve.call('monitors.create', { name: 'Shop', kind: 'http', target: 'https://example.com/' });
  await stream.hears(({ type }) => type === 'monitor');
  stripe.pay((await eve.call('billing.startCheckout', { plan: 'pro' })).url);
  await stream.hears((change) => change.type === 'plan' && change.plan === 'pro', 10_000);
  await quiet();
  // Of what leaves the plan as it is too: a page that shows when Pro ends has to learn it.
  const told = () => stream.changes().filter(({ change }) => change.type === 'plan').length;
  const before = told();
  const [subscription] = stripe.subscriptionsOf(await customerOf(eve.tenant.id));
  stripe.cancelInPortal(subscription?.id ?? '');
  await eventually(() => told() > before);
  expect(await eve.call('billing.status')).toMatchObject({ plan: 'pro', state: 'canceled' });
  await quiet();
});

test('fifty copies that come at once are one row and one job, and each is told that it was taken', async () => {
  const { id, body } = event();
  const answers = await Promise.all(Array.from({ length: 50 }, () => post(body, signed(body))));
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(
    new Set(['200 {"received":true}']),
  );
  await quiet();
  expect(await rowsOf(id)).toHaveLength(1);
  expect(await jobsOf(id)).toHaveLength(1);
  expect(logged('billing.event_received', id)).toHaveLength(1);
  expect(logged('billing.event_repeated', id)).toHaveLength(49);
});

test('either secret signs, and a clock may be off by five minutes', async () => {
  const fine: [string, (body: string) => string][] = [
    ['the old secret', (body) => signed(body, [OLD])],
    ['the new secret', (body) => signed(body, [NEW])],
    ['both', (body) => signed(body, [NEW, OLD])],
    ['one of ours and a strange one', (body) => signed(body, ['whsec_strange', OLD])],
    ['almost five minutes ago', (body) => signed(body, [OLD], now() - 290)],
    ['in almost five minutes', (body) => signed(body, [OLD], now() + 290)],
  ];
  for (const [how, sign] of fine) {
    const { id, body } = event();
    expect([how, (await post(body, sign(body))).status]).toEqual([how, 200]);
    expect([how, await rowsOf(id)]).toEqual([how, [expect.anything()]]);
  }
});

test('whatever is wrong with an event, the answer is the same, and nothing is written', async () => {
  const live = event({ livemode: true });
  const odd = (more: Record<string, unknown>) => event(more);
  const old = now() - 310;
  const wrong: [string, string, { id: string; body: string }, (body: string) => string | null][] = [
    ['no signature', 'signature', event(), () => null],
    ['nothing of a signature', 'signature', event(), () => 'hello'],
    ['a strange secret', 'signature', event(), (body) => signed(body, ['whsec_strange'])],
    ['another body', 'signature', event(), (body) => signed(`${body} `)],
    ['another time', 'signature', event(), (body) => signed(body).replace(/t=\d+/, `t=${now() - 1}`)],
    ['too old', 'signature', event(), (body) => signed(body, [OLD], old)],
    ['too old, with a second time', 'signature', event(), (body) => `${signed(body, [OLD], old)},t=${now()}`],
    ['too old, with a first time', 'signature', event(), (body) => `t=${now()},${signed(body, [OLD], old)}`],
    ['of the future', 'signed_ahead', event(), (body) => signed(body, [OLD], now() + 310)],
    [
      'of the future, said twice',
      'signed_ahead',
      event(),
      (body) => `t=${now()},${signed(body, [OLD], now() + 310)}`,
    ],
    ['no JSON', 'no_json', { id: 'none', body: '{"id":' }, signed],
    ['no event', 'no_event', { id: 'none', body: '[]' }, signed],
    ['a strange id', 'no_event', odd({ id: `evt_'; drop table tenants` }), signed],
    ['no time', 'no_event', odd({ created: 'today' }), signed],
    ['of the mode that moves money', 'other_mode', live, signed],
  ];
  for (const [what, reason, { id, body }, sign] of wrong) {
    const before = logged('billing.event_refused').length;
    const { status, text } = await post(body, sign(body));
    expect([what, status, JSON.parse(text).error.message]).toEqual([what, 400, 'This event was not taken.']);
    expect([what, text]).not.toEqual([what, expect.stringMatching(/signature|secret|toleran|mode/)]);
    expect([what, await rowsOf(id)]).toEqual([what, []]);
    expect([what, logged('billing.event_refused').slice(before)]).toEqual([
      what,
      [expect.objectContaining({ level: 'warn', reason })],
    ]);
  }
});

test('a body of more than 1 MiB is not read to its end', async () => {
  const big = (bytes: number) => {
    const { body } = event();
    return body.replace('"object":"event"', `"object":"event","more":"${'x'.repeat(bytes)}"`);
  };
  const fits = big(1_000_000);
  expect((await post(fits, signed(fits))).status).toBe(200);
  const large = big(1_048_576);
  const refused = await post(large, signed(large));
  expect([refused.status, JSON.parse(refused.text).error.data.reason]).toEqual([413, 'too_large']);
  const pieces = new Blob([large]).stream();
  expect((await post(pieces, signed(large))).status).toBe(413);
});

test('whose customer it is, the database says, and never the event', async () => {
  const object = {
    object: 'subscription',
    id: 'sub_1',
    customer: 'cus_none',
    metadata: { tenantId: alice.tenant.id },
  };
  const { id, body } = event({ data: { object } });
  expect((await post(body, signed(body))).status).toBe(200);
  const about = event({ type: 'account.updated', data: { object: { object: 'account' } } });
  expect((await post(about.body, signed(about.body))).status).toBe(200);
  await quiet();
  expect(await rowsOf(id)).toEqual([{ outcome: 'unknown_customer', customer: 'cus_none' }]);
  expect(await rowsOf(about.id)).toEqual([{ outcome: 'no_customer', customer: null }]);
  expect(logged('billing.event_processed', id)).toEqual([
    expect.objectContaining({ level: 'warn', outcome: 'unknown_customer', stripeCustomerId: 'cus_none' }),
  ]);
  expect((await alice.call('billing.status')).plan).toBe('free');
});

test('an event that could not be processed is tried again, and its answer stays 200', async () => {
  const eve = await register('Eve’s Again', 'again@shop.example');
  await subscribe(eve, eve.tenant.id);
  await quiet();
  const customer = await customerOf(eve.tenant.id);
  const [subscription] = stripe.subscriptionsOf(customer);
  stripe.webhooks.hold();
  stripe.setStatus(subscription?.id ?? '', 'canceled');
  const [held] = stripe.webhooks.held();
  stripe.faults.failNext('server_error', 'GET /v1/subscriptions', 2);
  const eventId = held?.event.id ?? '';
  expect(await stripe.webhooks.deliver(eventId)).toBe(200);
  await eventually(() => server.takeErrors().some(({ queue }) => queue === 'billing.process-event'));
  expect(await rowsOf(eventId)).toEqual([{ outcome: null, customer }]);
  await eventually(async () => (await rowsOf(eventId))[0]?.outcome === 'changed');
  expect((await eve.call('billing.status')).plan).toBe('free');
  stripe.webhooks.release();
  await quiet();
});

test('where payments are real, played events are refused; where there are none, the address says so', async () => {
  const elsewhere = await openDatabase();
  const live = await openServer(elsewhere, {
    STRIPE_SECRET_KEY: 'sk_live_000000000000',
    STRIPE_WEBHOOK_SECRET: OLD,
    STRIPE_PRO_PRICE_ID: 'price_1',
  });
  const played = event();
  expect((await post(played.body, signed(played.body), `${live.origin}/webhooks/stripe`)).status).toBe(400);
  expect(await rowsOf(played.id, elsewhere)).toEqual([]);
  const real = event({ livemode: true });
  expect((await post(real.body, signed(real.body), `${live.origin}/webhooks/stripe`)).status).toBe(200);
  await eventually(async () => (await rowsOf(real.id, elsewhere))[0]?.outcome === 'unknown_customer');
  await live.stop();

  const none = await openServer(elsewhere);
  const answer = await post(played.body, signed(played.body), `${none.origin}/webhooks/stripe`);
  expect([answer.status, JSON.parse(answer.text).error.data.reason]).toEqual([503, 'billing_not_configured']);
});
