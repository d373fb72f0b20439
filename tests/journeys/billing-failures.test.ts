import { afterEach, expect, test } from 'vitest';
import { createStripe } from '../../server/domains/billing/create-stripe.ts';
import { createLog } from '../../server/log.ts';
import { openBillingWorld } from '../support/billing-world.ts';
import type { LogLine } from '../support/test-server.ts';
import { openWorld } from '../support/world.ts';

const { server, stripe, register, subscribe } = await openBillingWorld();
const bare = await openWorld();
afterEach(() => stripe.faults.clear());

/** All that Stripe itself says in these answers, and what it is asked with. */
const SECRETS = [
  'secret details',
  'declined.',
  'Invalid API Key',
  'sk_test_',
  'does not have access',
  'limit exceeded',
  'Sorry!',
  'ECONNRESET',
  stripe.environment.STRIPE_SECRET_KEY,
  stripe.environment.STRIPE_WEBHOOK_SECRET,
];

const FAILURES = [
  [
    'card_declined',
    402,
    'payment_declined',
    'billing.stripe_card_declined',
    /was declined, and nothing was charged/,
  ],
  ['invalid_request', 502, 'billing_unavailable', 'billing.stripe_invalid_request', /could not be done/],
  ['bad_key', 502, 'billing_unavailable', 'billing.stripe_bad_key', /not set up correctly/],
  ['forbidden', 502, 'billing_unavailable', 'billing.stripe_bad_key', /not set up correctly/],
  ['rate_limited', 502, 'billing_unavailable', 'billing.stripe_rate_limited', /busy right now/],
  ['server_error', 502, 'billing_unavailable', 'billing.stripe_failed', /went wrong at our payment provider/],
  ['reset', 502, 'billing_unavailable', 'billing.stripe_unreachable', /cannot be reached/],
] as const;

test.each(FAILURES)(
  '%s is told calmly, without a word of Stripe’s',
  async (fault, status, reason, event, sentence) => {
    const eve = await register(`Eve’s ${fault}`, `${fault}@eve.example`);
    const from = server.logLines.length;
    stripe.faults.failNext(fault, 'POST /v1/checkout/sessions', 10);
    const refusal = await eve.refused('billing.startCheckout', { plan: 'pro' });
    expect([refusal.status, refusal.data.reason]).toEqual([status, reason]);
    expect(refusal.message).toMatch(sentence);
    const lines = server.logLines.slice(from);
    expect(lines.filter((line) => line.event === event)).toEqual([
      expect.objectContaining({ tenantId: eve.tenant.id }),
    ]);
    server.takeErrors();
    for (const secret of SECRETS) {
      expect(refusal.text).not.toContain(secret);
      expect(lines.map(wordsOf).join('\n')).not.toContain(secret);
    }
  },
);

/** A line of the log, without what names an error of the network: that is for the operator. */
function wordsOf({ code: _code, ...line }: LogLine): string {
  return JSON.stringify(line);
}

test('what fails at Stripe is no try, and what goes wrong on the way there is done once', async () => {
  const eve = await register('Eve’s Patience', 'patience@eve.example');
  stripe.faults.failNext('invalid_request', '/v1/', 12);
  for (let turn = 0; turn < 12; turn++)
    expect((await eve.refused('billing.startCheckout', { plan: 'pro' })).status).toBe(502);
  server.takeErrors();
  stripe.faults.failNext('reset_after', 'POST /v1/customers');
  await eve.call('billing.startCheckout', { plan: 'pro' });
  const made = Object.values(stripe.state.customers).filter(
    (customer) => 'metadata' in customer && customer.metadata.tenantId === eve.tenant.id,
  );
  expect(made).toHaveLength(1);
});

test('while Stripe is away everything else is answered, and what is known of the subscription', async () => {
  const eve = await register('Eve’s Outage', 'outage@eve.example');
  await subscribe(eve, eve.tenant.id);
  stripe.faults.failNext('reset', '/v1/', 1000);
  expect(await eve.call('billing.status')).toMatchObject({ available: true, plan: 'pro', state: 'pro' });
  for (const [name, input] of [
    ['billing.invoices', undefined],
    ['billing.openPortal', undefined],
    ['billing.cancel', undefined],
    ['billing.refresh', undefined],
  ] as const)
    expect((await eve.refused(name, input)).data.reason).toBe('billing_unavailable');
  expect((await eve.call('monitors.list')).total).toBe(0);
  server.takeErrors();
});

test('a price that nobody can be told is none, and says why in the log', async () => {
  const lines: LogLine[] = [];
  const log = createLog('debug', 'server', { write: (line) => lines.push(JSON.parse(line)) });
  const { stripe: access } = server.services;
  if (access === null) throw new Error('Nothing is sold here.');
  const { price } = createStripe({ ...access.settings, proPriceId: 'price_none' }, log);
  expect(await price()).toBeNull();
  expect(lines.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['billing.stripe_invalid_request', 'billing.price_unknown']),
  );
});

test('where nothing is sold, all but billing works, and the operator was told once', async () => {
  const { alice } = bare;
  expect(await alice.call('billing.status')).toMatchObject({
    available: false,
    testMode: false,
    plan: 'free',
    price: null,
  });
  for (const [name, input] of [
    ['billing.invoices', undefined],
    ['billing.startCheckout', { plan: 'pro' }],
    ['billing.openPortal', undefined],
    ['billing.cancel', undefined],
    ['billing.resume', undefined],
    ['billing.refresh', undefined],
  ] as const) {
    const refusal = await alice.refused(name, input);
    expect([refusal.status, refusal.data.reason]).toEqual([503, 'billing_not_configured']);
  }
  bare.server.takeErrors();
  expect((await alice.call('monitors.list')).total).toBe(0);
  const told = bare.server.logLines.filter(({ event }) => event === 'billing.not_configured');
  expect(told.map(({ level }) => level)).toEqual(['warn']);
});
