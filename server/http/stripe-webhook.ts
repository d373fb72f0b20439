import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Services } from '../compose.ts';
import { receiveEvent } from '../domains/billing/receive-event.ts';
import { Refusal } from '../refusal.ts';
import { refusalResponse } from './refusal-response.ts';
import type { HttpEnv } from './request-log.ts';

const STRIPE_WEBHOOK = '/webhooks/stripe';
const MAX_BODY_BYTES = 1024 * 1024;

const NOT_CONFIGURED = new Refusal('billing_not_configured', 'Payments are not set up on this server.');

/**
 * Where Stripe posts its events. The signature is over the bytes as they came, so nothing reads them before; it stands for whoever
 * sent them, and no `Origin` is asked for. Nobody is told why an event was not taken.
 */
export function mountStripeWebhook(app: Hono<HttpEnv>, services: Services): void {
  const { stripe, boss, pools } = services;
  if (stripe === null) {
    app.post(STRIPE_WEBHOOK, () => answer(NOT_CONFIGURED));
    return;
  }
  app.post(
    STRIPE_WEBHOOK,
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: () => {
        const response = answer(new Refusal('too_large', 'This event is larger than 1 MiB.'));
        // The rest of the body is never read: this connection is good for nothing more.
        response.headers.set('Connection', 'close');
        return response;
      },
    }),
    async (c) => {
      const taken = await receiveEvent(
        { stripe, boss, pools, log: c.get('log') },
        {
          body: new Uint8Array(await c.req.arrayBuffer()),
          signature: c.req.header('stripe-signature') ?? '',
        },
      );
      return taken
        ? c.json({ received: true }, 200, { 'Cache-Control': 'no-store' })
        : answer(new Refusal('invalid_input', 'This event was not taken.'));
    },
  );
}

function answer(refusal: Refusal): Response {
  const response = refusalResponse(refusal, '');
  response.headers.set('Cache-Control', 'no-store');
  return response;
}
