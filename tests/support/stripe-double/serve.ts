import * as v from 'valibot';
import { openStripeDouble } from './open-stripe-double.ts';

/** Plays Stripe beside `npm start` until its parent goes. */
const environment = v.parse(
  v.object({
    STRIPE_DOUBLE_PORT: v.string(),
    STRIPE_DOUBLE_STATE: v.string(),
    STRIPE_DOUBLE_WEBHOOK_URL: v.string(),
    STRIPE_SECRET_KEY: v.string(),
    STRIPE_WEBHOOK_SECRET: v.string(),
    STRIPE_PRO_PRICE_ID: v.string(),
  }),
  process.env,
);

const double = await openStripeDouble({
  port: Number(environment.STRIPE_DOUBLE_PORT),
  statePath: environment.STRIPE_DOUBLE_STATE,
  webhookUrl: environment.STRIPE_DOUBLE_WEBHOOK_URL,
  secretKey: environment.STRIPE_SECRET_KEY,
  webhookSecrets: [environment.STRIPE_WEBHOOK_SECRET],
  proPrice: { id: environment.STRIPE_PRO_PRICE_ID, amount: 1900, currency: 'usd' },
});

let isStopping = false;
const stop = async () => {
  if (isStopping) return;
  isStopping = true;
  await double.close();
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
process.on('disconnect', stop);
