import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { compareShapes } from '../support/compare-shapes.ts';
import { openStripe } from '../support/open-stripe.ts';

/** Stripe's published fixtures, where somebody has put them beside the project. */
const FIXTURES = path.resolve(import.meta.dirname, '../../../shared/stripe-fixtures.json');

/** Where the fixtures and the API's own description of this version part; all of these stand in the description. */
const KNOWN: Record<string, string[]> = {
  product: ['tax_details: unknown'],
  'checkout.session': ['allowed_payment_method_types: unknown', 'payment_method_options.card: unknown'],
  subscription: [
    'billing_mode.flexible.proration_discounts: unknown',
    'cancellation_details.feedback_option: unknown',
    'items.data[].current_trial: unknown',
    'trial_settings.end_behavior.billing_cycle_anchor: unknown',
  ],
  subscription_item: ['current_trial: unknown'],
  // The fixture still has the field of versions before `parent`.
  invoice: ['lines.data[].pricing.price_details: unknown', 'subscription: missing'],
  line_item: ['pricing.price_details: unknown'],
};

/** One object of every kind, as the double keeps and sends them. */
async function makeObjects(): Promise<Record<string, unknown>> {
  const { double, stripe } = await openStripe();
  const customer = await stripe.customers.create({ email: 'alice@acme.example', name: 'Acme' });
  const price = double.environment.STRIPE_PRO_PRICE_ID;
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price, quantity: 1 }],
    success_url: 'https://watch.example/billing/success',
  });
  double.pay(session.id);
  const portal = await stripe.billingPortal.sessions.create({ customer: customer.id });
  const { state } = double;
  const [subscription] = double.subscriptionsOf(customer.id);
  const [invoice] = double.invoicesOf(customer.id);
  const [kept] = state.events;
  return {
    customer: state.customers[customer.id],
    product: Object.values(state.products)[0],
    price: state.prices[price],
    'checkout.session': state.checkoutSessions[session.id],
    'billing_portal.session': state.portalSessions[portal.id],
    subscription,
    subscription_item: subscription?.items.data[0],
    invoice,
    line_item: invoice?.lines.data[0],
    // What an event tells of is compared by itself.
    event: { ...kept?.event, data: {} },
  };
}

test('a name that is missing, unknown or of another type is noticed, wherever it is', () => {
  const theirs = { id: 'a', amount: 1, list: [{ deep: { flag: true } }], maybe: null, metadata: { a: 'b' } };
  expect(compareShapes(theirs, theirs)).toEqual([]);
  const ours = { id: 'x', amount: '1', list: [{ deep: { flog: true } }], maybe: { any: 1 }, metadata: {} };
  expect(compareShapes(ours, theirs)).toEqual([
    'amount: string, not number',
    'list[].deep.flog: unknown',
    'list[].deep.flag: missing',
  ]);
  expect(compareShapes({ list: {} }, { list: [] })).toEqual(['list: object, not list']);
});

if (existsSync(FIXTURES)) {
  test('the double’s objects have the fields of Stripe’s published fixtures, and of their types', async () => {
    const { resources } = JSON.parse(readFileSync(FIXTURES, 'utf8'));
    const objects = await makeObjects();
    const differences = Object.entries(objects).map(([name, ours]) => {
      const theirs = name === 'event' ? { ...resources.event, data: {} } : resources[name];
      return [name, compareShapes(JSON.parse(JSON.stringify(ours)), theirs)];
    });
    expect(Object.fromEntries(differences.filter(([, found]) => found?.length))).toEqual(KNOWN);
    expect(Object.keys(objects)).toHaveLength(10);
  });
}
