import { randomUUID } from 'node:crypto';
import { signWebhook } from '../tests/support/stripe-double/sign-webhook.ts';
import { nextMessage, start, stop } from './child.ts';
import { registerOrganizations } from './dashboards.ts';
import { type Figure, percentile } from './figure.ts';
import { findFreePort } from './free-port.ts';
import { environmentOn } from './prober-under-load.ts';
import { startStack } from './stack.ts';

const TRIES = 500;
const WARM_UP = 50;
const SECRET = 'whsec_bench';
/** Nothing is asked of Stripe: the events are about nobody's customer. */
const SELLS = {
  STRIPE_SECRET_KEY: 'sk_test_bench',
  STRIPE_WEBHOOK_SECRET: SECRET,
  STRIPE_PRO_PRICE_ID: 'price_bench',
};

/** How long Stripe waits for the answer to an event, one after the other, beside a bare route that inserts one row. */
export async function webhook(): Promise<Figure[]> {
  const stack = await startStack();
  await stack.admin.query('create table bare_events (id text primary key)');
  const server = await registerOrganizations({ ...environmentOn(stack), ...SELLS }, 0);
  const barePort = await findFreePort();
  const bare = start('bench/bare-insert.ts', {}, [stack.adminUrl, String(barePort)]);
  try {
    await nextMessage(bare);
    const ours: number[] = [];
    const theirs: number[] = [];
    // By turns, so that whatever else the machine does meets both.
    for (let turn = 0; turn < WARM_UP + TRIES; turn++) {
      const [our, their] = [
        await timed(`${server.origin}/webhooks/stripe`),
        await timed(`http://127.0.0.1:${barePort}/`),
      ];
      if (turn < WARM_UP) continue;
      ours.push(our);
      theirs.push(their);
    }
    const note = (samples: number[]) =>
      `median ${percentile(samples, 0.5).toFixed(2)} ms, p95 ${percentile(samples, 0.95).toFixed(2)} ms`;
    const p99 = (samples: number[]) => Math.round(percentile(samples, 0.99) * 100) / 100;
    return [
      {
        question: 'an event of Stripe: verified, noted, its job sent, p99',
        value: p99(ours),
        unit: 'ms',
        target: { most: 20 },
        note: note(ours),
      },
      {
        question: 'a bare route that inserts one row, p99',
        value: p99(theirs),
        unit: 'ms',
        note: note(theirs),
      },
    ];
  } finally {
    await stop(bare);
    await server.close();
    await stack.stop();
  }
}

async function timed(url: string): Promise<number> {
  const body = JSON.stringify({
    id: `evt_${randomUUID().replaceAll('-', '')}`,
    object: 'event',
    type: 'account.updated',
    livemode: false,
    created: Math.floor(Date.now() / 1000),
    data: { object: { object: 'account', id: 'acct_bench', padding: 'x'.repeat(3000) } },
  });
  const headers = {
    'content-type': 'application/json',
    'stripe-signature': signWebhook(body, [SECRET], Math.floor(Date.now() / 1000)),
  };
  const startedAt = performance.now();
  const response = await fetch(url, { method: 'POST', body, headers });
  await response.arrayBuffer();
  const took = performance.now() - startedAt;
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}.`);
  return took;
}
