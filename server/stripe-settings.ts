import * as v from 'valibot';

/** How payments are taken. */
export type StripeSettings = {
  secretKey: string;
  /** What events may be signed with: two while one is being replaced by the other. */
  webhookSecrets: string[];
  proPriceId: string;
  /** Protocol, host and port; null: Stripe's own. */
  apiBase: URL | null;
  /** No money moves. */
  testMode: boolean;
};

const SECRET_KEY =
  'STRIPE_SECRET_KEY must be a secret or restricted key of Stripe, such as sk_live_... or rk_live_...';
const WEBHOOK_SECRET =
  'STRIPE_WEBHOOK_SECRET must be the signing secret of the webhook, such as whsec_..., or two of them with a comma between.';
const PRICE = 'STRIPE_PRO_PRICE_ID must be the id of a price, such as price_... (not that of a product).';
const API_BASE = 'STRIPE_API_BASE must be a URL without a path, such as https://api.stripe.com.';

/** Empty is not set: Docker Compose hands on what was never filled in. */
const notEmpty = (value: string) => (value.trim() === '' ? null : value.trim());
const given = v.pipe(v.optional(v.string(), ''), v.transform(notEmpty));

export const stripeSecretKeySchema = v.pipe(
  given,
  v.nullable(v.pipe(v.string(), v.regex(/^[sr]k_(test|live)_\w+$/, SECRET_KEY))),
);
export const stripeWebhookSecretSchema = v.pipe(
  given,
  v.transform((value) => value?.split(',').map((secret) => secret.trim()) ?? []),
  v.array(v.pipe(v.string(), v.regex(/^whsec_\S+$/, WEBHOOK_SECRET))),
  v.maxLength(2, WEBHOOK_SECRET),
);
export const stripeProPriceIdSchema = v.pipe(
  given,
  v.nullable(v.pipe(v.string(), v.regex(/^(?!prod_)[\w-]+$/, PRICE))),
);
export const stripeApiBaseSchema = v.pipe(
  given,
  v.nullable(
    v.pipe(
      v.string(),
      v.url(API_BASE),
      v.transform((value) => new URL(value)),
      v.check(
        (url) => /^https?:$/.test(url.protocol) && url.href === `${url.origin}/` && url.hostname !== '',
        API_BASE,
      ),
    ),
  ),
);

const NEEDED = {
  STRIPE_SECRET_KEY: 'a secret key',
  STRIPE_WEBHOOK_SECRET: 'the signing secret of the webhook',
  STRIPE_PRO_PRICE_ID: 'the id of Pro’s price',
} as const;

/** What is wrong with what was given, read from the bare environment, so that it is told together with whatever else is. */
export function problemsOfStripe(environment: NodeJS.ProcessEnv): string[] {
  const isSet = (name: string) => notEmpty(environment[name] ?? '') !== null;
  const { NODE_ENV, STRIPE_SECRET_KEY = '', STRIPE_API_BASE = '' } = environment;
  const anySet = [...Object.keys(NEEDED), 'STRIPE_API_BASE'].some(isSet);
  const problems = Object.entries(NEEDED)
    .filter(([name]) => anySet && !isSet(name))
    .map(
      ([name, what]) =>
        `${name} is missing: to sell Pro, set it to ${what}; to sell nothing, set no STRIPE_ variable.`,
    );
  const isPlain = STRIPE_API_BASE.trim().startsWith('http://');
  if (NODE_ENV === 'production') {
    if (isTestKey(STRIPE_SECRET_KEY.trim()))
      problems.push(
        'STRIPE_SECRET_KEY is a test key: in production payments have to be real, so use one that begins with sk_live_ or rk_live_.',
      );
    if (isPlain) problems.push('STRIPE_API_BASE is plain http: in production it must begin with https://.');
  } else if (isPlain && /^[sr]k_live_/.test(STRIPE_SECRET_KEY.trim())) {
    problems.push('STRIPE_API_BASE is plain http: a live key is told over https:// alone.');
  }
  return problems;
}

const isTestKey = (key: string) => /^[sr]k_test_/.test(key);

/** Null when nothing is to be sold here. */
export function stripeSettings(read: {
  secretKey: string | null;
  webhookSecrets: string[];
  proPriceId: string | null;
  apiBase: URL | null;
}): StripeSettings | null {
  const { secretKey, webhookSecrets, proPriceId, apiBase } = read;
  if (secretKey === null || proPriceId === null) return null;
  return { secretKey, webhookSecrets, proPriceId, apiBase, testMode: isTestKey(secretKey) };
}
