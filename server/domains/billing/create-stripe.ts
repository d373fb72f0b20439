import Stripe from 'stripe';
import { PRICE_INTERVALS, type Price } from '../../../shared/billing/billing-status.ts';
import type { Logger } from '../../log.ts';
import type { StripeSettings } from '../../stripe-settings.ts';
import { askStripe } from './ask-stripe.ts';
import { keepForMinutes } from './keep-for-minutes.ts';

/** The way to Stripe, and what of our settings there whoever goes it must know. */
export type StripeAccess = {
  client: Stripe;
  settings: StripeSettings;
  /** What Pro costs, kept for a few minutes; null while Stripe does not say. */
  price: () => Promise<Price | null>;
};

/** Longer than Stripe takes for a checkout session, shorter than a person waits. */
const TIMEOUT_MS = 10_000;
/** A page waits for the price: without it, it shows the rest. */
const PRICE_TIMEOUT_MS = 4000;

/** Stripe's own client, which tries a request that failed twice more, under the same idempotency key. */
export function createStripe(settings: StripeSettings, log: Logger): StripeAccess {
  const { apiBase, proPriceId } = settings;
  const client = new Stripe(settings.secretKey, {
    timeout: TIMEOUT_MS,
    maxNetworkRetries: 2,
    telemetry: false,
    appInfo: { name: 'StatusWatch' },
    ...(apiBase === null ? {} : addressOf(apiBase)),
  });
  client.on('response', ({ method, path, status, elapsed, request_id }: Stripe.ResponseEvent) =>
    log.debug(
      {
        event: 'billing.stripe_answered',
        method,
        path,
        status,
        durationMs: elapsed,
        stripeRequestId: request_id,
      },
      'stripe answered',
    ),
  );
  const askPrice = async (): Promise<Price> =>
    priceOf(
      await askStripe(log, {}, () =>
        client.prices.retrieve(proPriceId, {}, { timeout: PRICE_TIMEOUT_MS, maxNetworkRetries: 0 }),
      ),
    );
  const price = keepForMinutes(askPrice, (error) =>
    log.warn({ event: 'billing.price_unknown', err: error }, 'no price'),
  );
  return { client, settings, price };
}

function addressOf({ protocol, hostname, port }: URL): {
  protocol: 'http' | 'https';
  host: string;
  port: string;
} {
  const plain = protocol === 'http:';
  return {
    protocol: plain ? 'http' : 'https',
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port || (plain ? '80' : '443'),
  };
}

function priceOf({ id, unit_amount, currency, recurring }: Stripe.Price): Price {
  const interval = PRICE_INTERVALS.find((known) => known === recurring?.interval);
  if (unit_amount === null || recurring === null || interval === undefined)
    throw new Error(`The price ${id} has no fixed amount, or does not recur as prices here do.`);
  return { amount: unit_amount, currency, interval, intervalCount: recurring.interval_count };
}
