import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import Stripe from 'stripe';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../deploy/one-box/config.ts';
import { prepareTestPayments, type TestPayments } from '../../deploy/one-box/test-payments.ts';
import { eventually } from '../support/eventually.ts';
import { makeFolder } from './folder.ts';
import { descendantsOf, kill } from './processes.ts';
import { startProduct } from './start.ts';

const configOf = (environment: Record<string, string>, development = false) =>
  readConfig({ PORT: '3000', ...environment }, development);

test('payments are played where nobody gave keys, for whoever sits at this machine', async () => {
  expect((await configOf({})).playsPayments).toBe(true);
  expect((await configOf({}, true)).playsPayments).toBe(true);
  expect(
    (await configOf({ PUBLIC_URL: 'http://acme.localhost:3000', STRIPE_SECRET_KEY: '' })).playsPayments,
  ).toBe(true);
});

test('they are not played where they are real, where nothing is sold, or where others come from outside', async () => {
  const elsewhere: Record<string, string>[] = [
    { STRIPE_SECRET_KEY: 'sk_live_x' },
    { STRIPE_PRO_PRICE_ID: 'price_x' },
    { DEFAULT_PLAN: 'pro' },
    { NODE_ENV: 'production' },
    { PUBLIC_URL: 'https://status.example.com' },
    { PUBLIC_URL: 'http://localhost.example.com' },
    { PUBLIC_URL: 'http://192.168.1.5:3000' },
  ];
  for (const environment of elsewhere) {
    const config = await configOf(environment);
    expect(config.playsPayments, JSON.stringify(environment)).toBe(false);
    expect(await prepareTestPayments(config)).toBeUndefined();
  }
});

test('their keys are made once, for their owner’s eyes; the port is another only where it is taken', async () => {
  const dataDir = await makeFolder();
  const config = await configOf({ DATA_DIR: dataDir });
  const first = await prepareTestPayments(config);
  expect(first?.secretKey).toMatch(/^sk_test_\w{48}$/);
  expect((await stat(path.join(dataDir, 'stripe-double', 'keys.json'))).mode & 0o777).toBe(0o600);
  expect(await prepareTestPayments(config)).toEqual(first);

  const other = createServer().listen(first?.port, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const second = await prepareTestPayments(config);
  expect(second?.port).not.toBe(first?.port);
  expect(second).toMatchObject({ secretKey: first?.secretKey, webhookSecret: first?.webhookSecret });
});

test('what was paid in test mode is still there when who plays Stripe was killed', async () => {
  const dataDir = path.join(await makeFolder(), 'data');
  const product = await startProduct(dataDir);
  const keys: TestPayments = JSON.parse(
    await readFile(path.join(dataDir, 'stripe-double', 'keys.json'), 'utf8'),
  );
  expect(product.stderr()).toContain(
    `Payments are in test mode: no money moves, and Stripe is played at http://127.0.0.1:${keys.port}.\n`,
  );
  expect(product.stdout()).toBe(`StatusWatch is ready at ${product.origin}\n`);
  const stripe = new Stripe(keys.secretKey, { host: '127.0.0.1', port: keys.port, protocol: 'http' });
  const customer = await stripe.customers.create({ email: 'alice@acme.example' });
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: keys.proPriceId, quantity: 1 }],
    success_url: `${product.origin}/billing/success`,
  });
  const paid = await fetch(session.url ?? '', {
    method: 'POST',
    body: new URLSearchParams({ action: 'pay' }),
    redirect: 'manual',
  });
  expect(paid.headers.get('location')).toBe(`${product.origin}/billing/success`);

  const isDouble = ({ command }: { command: string }) => command.includes('stripe-double/serve.ts');
  kill(descendantsOf(product.process.pid).find(isDouble)?.pid);
  const found = await eventually(() => stripe.subscriptions.list({ customer: customer.id }));
  expect(found.data).toMatchObject([{ status: 'active' }]);
  expect(await product.stop()).toBe(0);
});
