import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const ENVIRONMENT = {
  SECRET_KEY: 'rU7fK2vXq9LmT4yZ0bNcW8sHdGpJ3aEo5iVx',
  MONITOR_KEY: '6pQm0vXc9sLyR2tWbE8nJzK5dHfG1uAoTi7rYk3eVxM',
  DATABASE_URL: 'postgres://app@127.0.0.1/statuswatch',
  IDENTITY_DATABASE_URL: 'postgres://identity@127.0.0.1/statuswatch',
  SYSTEM_DATABASE_URL: 'postgres://system@127.0.0.1/statuswatch',
};
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://statuswatch.example',
  SMTP_URL: 'smtps://mail.statuswatch.example',
  MAIL_FROM: 'status@statuswatch.example',
};
const STRIPE = {
  STRIPE_SECRET_KEY: 'sk_test_4eC39HqLyjWDarjtT1zdp7dc',
  STRIPE_WEBHOOK_SECRET: 'whsec_first',
  STRIPE_PRO_PRICE_ID: 'price_1MoBy5LkdIwHu7ixZhnattbh',
};
const LIVE = { ...STRIPE, STRIPE_SECRET_KEY: 'rk_live_4eC39HqLyjWDarjtT1zdp7dc' };

const settingsOf = (more: Record<string, string>) => readConfig({ ...ENVIRONMENT, ...more }).stripe;
const problemsOf = (more: Record<string, string>) => {
  try {
    settingsOf(more);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

test('without a variable of Stripe nothing is sold, and empty ones are none', () => {
  expect(settingsOf({})).toBeNull();
  const names = [...Object.keys(STRIPE), 'STRIPE_API_BASE'];
  expect(settingsOf(Object.fromEntries(names.map((name) => [name, ' '])))).toBeNull();
});

test('all of them make payments possible, played ones with a test key', () => {
  expect(settingsOf(STRIPE)).toEqual({
    secretKey: STRIPE.STRIPE_SECRET_KEY,
    webhookSecrets: ['whsec_first'],
    proPriceId: STRIPE.STRIPE_PRO_PRICE_ID,
    apiBase: null,
    testMode: true,
  });
  expect(settingsOf({ ...PRODUCTION, ...LIVE })?.testMode).toBe(false);
});

test('while one secret of the webhook replaces another both may sign, and no third', () => {
  expect(settingsOf({ ...STRIPE, STRIPE_WEBHOOK_SECRET: 'whsec_new, whsec_old' })?.webhookSecrets).toEqual([
    'whsec_new',
    'whsec_old',
  ]);
  for (const wrong of ['secret', 'whsec_a,', 'whsec_a,whsec_b,whsec_c']) {
    expect(problemsOf({ ...STRIPE, STRIPE_WEBHOOK_SECRET: wrong })).toEqual([
      expect.stringMatching(/^STRIPE_WEBHOOK_SECRET must be/),
    ]);
  }
});

test('each variable that is missing is named, whichever of them is there', () => {
  const names = Object.keys(STRIPE);
  for (const [name, value] of Object.entries({ ...STRIPE, STRIPE_API_BASE: 'https://stripe.example' })) {
    const missing = names.filter((other) => other !== name);
    expect(problemsOf({ [name]: value })).toEqual(
      missing.map((other) => expect.stringMatching(new RegExp(`^${other} is missing`))),
    );
  }
});

test('what is no key, no price and no address of an API is refused, without repeating it', () => {
  for (const [name, wrong] of [
    ['STRIPE_SECRET_KEY', 'pk_test_4eC39HqLyjWDarjtT1zdp7dc'],
    ['STRIPE_SECRET_KEY', 'hunter2'],
    ['STRIPE_PRO_PRICE_ID', 'prod_NZKdYqrwEYx6iK'],
    ['STRIPE_API_BASE', 'localhost:12111'],
    ['STRIPE_API_BASE', 'https://stripe.example/v1'],
    ['STRIPE_API_BASE', 'ftp://stripe.example'],
    ['STRIPE_API_BASE', 'https://user:password@stripe.example'],
  ] as const) {
    const problems = problemsOf({ ...STRIPE, [name]: wrong });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} must be`))]);
    expect(problems.join()).not.toContain(wrong);
  }
});

test('production takes real payments alone, and tells its key to nobody in the clear', () => {
  expect(problemsOf({ ...PRODUCTION, ...STRIPE })).toEqual([
    expect.stringMatching(/^STRIPE_SECRET_KEY is a test key: in production/),
  ]);
  const plain = { STRIPE_API_BASE: 'http://127.0.0.1:12111' };
  expect(problemsOf({ ...PRODUCTION, ...LIVE, ...plain })).toEqual([
    'STRIPE_API_BASE is plain http: in production it must begin with https://.',
  ]);
  expect(problemsOf({ ...LIVE, ...plain })).toEqual([
    'STRIPE_API_BASE is plain http: a live key is told over https:// alone.',
  ]);
  expect(settingsOf({ ...STRIPE, ...plain })?.apiBase?.port).toBe('12111');
});
