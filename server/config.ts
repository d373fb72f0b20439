import * as v from 'valibot';
import { networkList } from '../shared/network/network-list.ts';
import { readMonitorKey } from '../shared/secrets/monitor-key.ts';
import {
  type MailSettings,
  mailFromSchema,
  mailSettings,
  problemsOfMail,
  smtpUrlSchema,
} from './mail-settings.ts';
import {
  problemsOfStripe,
  type StripeSettings,
  stripeApiBaseSchema,
  stripeProPriceIdSchema,
  stripeSecretKeySchema,
  stripeSettings,
  stripeWebhookSecretSchema,
} from './stripe-settings.ts';

const url = (protocols: string[], sentence: string) =>
  v.pipe(
    v.string(sentence),
    v.url(sentence),
    v.check((value) => protocols.includes(new URL(value).protocol), sentence),
  );
const postgresUrl = (name: string) =>
  url(
    ['postgres:', 'postgresql:'],
    `${name} must be a URL such as postgres://user:password@host:5432/statuswatch.`,
  );
const secret = (name: string) =>
  v.pipe(
    v.string(
      `${name} is missing: set it to 32 random bytes or more, for example from "openssl rand -base64 32".`,
    ),
    v.check((value) => value.length >= 32, `${name} is too short: use 32 characters or more.`),
    v.check(
      (value) => new Set(value).size > 8 && !/change.?me|example|default|secret-?key/i.test(value),
      `${name} looks like a placeholder: use random bytes.`,
    ),
  );

const environmentSchema = v.object({
  NODE_ENV: v.optional(v.string(), 'development'),
  PORT: v.pipe(
    v.optional(v.string(), '3000'),
    v.regex(/^\d{1,5}$/, 'PORT must be a number from 0 to 65535.'),
    v.transform(Number),
    v.maxValue(65_535, 'PORT must be a number from 0 to 65535.'),
  ),
  PUBLIC_URL: v.optional(
    url(['http:', 'https:'], 'PUBLIC_URL must be a URL such as https://statuswatch.example.'),
  ),
  TENANT_DOMAIN_SUFFIX: v.optional(
    v.pipe(
      v.string(),
      v.toLowerCase(),
      v.regex(/^[a-z0-9.-]+$/, 'TENANT_DOMAIN_SUFFIX must be a domain such as statuswatch.example.'),
    ),
    'localhost',
  ),
  SECRET_KEY: secret('SECRET_KEY'),
  MONITOR_KEY: v.pipe(
    v.optional(v.string(), ''),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const read = readMonitorKey(dataset.value);
      if (read.ok) return read.keys;
      addIssue({ message: read.sentence });
      return NEVER;
    }),
  ),
  DATABASE_URL: postgresUrl('DATABASE_URL'),
  IDENTITY_DATABASE_URL: postgresUrl('IDENTITY_DATABASE_URL'),
  SYSTEM_DATABASE_URL: postgresUrl('SYSTEM_DATABASE_URL'),
  PROBER_ALLOW_NETWORKS: networkList('PROBER_ALLOW_NETWORKS'),
  SMTP_URL: smtpUrlSchema,
  MAIL_FROM: mailFromSchema,
  STRIPE_SECRET_KEY: stripeSecretKeySchema,
  STRIPE_WEBHOOK_SECRET: stripeWebhookSecretSchema,
  STRIPE_PRO_PRICE_ID: stripeProPriceIdSchema,
  STRIPE_API_BASE: stripeApiBaseSchema,
  TRUSTED_PROXIES: networkList('TRUSTED_PROXIES'),
  DEFAULT_PLAN: v.optional(v.picklist(['free', 'pro'], 'DEFAULT_PLAN is free or pro.'), 'free'),
  LOG_LEVEL: v.optional(
    v.picklist(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'LOG_LEVEL is one of pino’s levels.',
    ),
    'info',
  ),
});

export type ServerConfig = {
  production: boolean;
  port: number;
  /** Origin of `PUBLIC_URL`, without a path. */
  publicUrl: URL;
  secureCookies: boolean;
  tenantDomainSuffix: string;
  secretKey: string;
  /** What monitors' secrets are sealed with, 32 bytes each; the first seals, all of them open. */
  monitorKeys: Uint8Array[];
  databaseUrls: { app: string; identity: string; system: string };
  /** Networks a target may lie in although they are not public; the prober has the same list. */
  allowNetworks: string[];
  mail: MailSettings;
  /** Null when nothing is sold here. */
  stripe: StripeSettings | null;
  trustedProxies: string[];
  defaultPlan: 'free' | 'pro';
  logLevel: string;
};

/** Everything that is wrong with the environment, at once, each in a sentence. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(`The server cannot start:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`, options);
    this.problems = problems;
  }
}

/** Reads and checks the environment. @throws ConfigError naming all that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv): ServerConfig {
  const parsed = v.safeParse(environmentSchema, environment);
  const problems = [
    ...(parsed.issues ?? []).map(sentenceOf),
    ...problemsOfProduction(environment),
    ...problemsOfMail(environment),
    ...problemsOfStripe(environment),
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const env = parsed.output;
  const publicUrl = new URL(env.PUBLIC_URL ?? `http://localhost:${env.PORT}`);
  const production = env.NODE_ENV === 'production';
  return {
    production,
    port: env.PORT,
    publicUrl: new URL(publicUrl.origin),
    secureCookies: publicUrl.protocol === 'https:',
    tenantDomainSuffix: env.TENANT_DOMAIN_SUFFIX,
    secretKey: env.SECRET_KEY,
    monitorKeys: env.MONITOR_KEY,
    databaseUrls: {
      app: env.DATABASE_URL,
      identity: env.IDENTITY_DATABASE_URL,
      system: env.SYSTEM_DATABASE_URL,
    },
    allowNetworks: env.PROBER_ALLOW_NETWORKS,
    mail: mailSettings({ smtpUrl: env.SMTP_URL, from: env.MAIL_FROM, publicUrl, production }),
    stripe: stripeSettings({
      secretKey: env.STRIPE_SECRET_KEY,
      webhookSecrets: env.STRIPE_WEBHOOK_SECRET,
      proPriceId: env.STRIPE_PRO_PRICE_ID,
      apiBase: env.STRIPE_API_BASE,
    }),
    trustedProxies: env.TRUSTED_PROXIES,
    defaultPlan: env.DEFAULT_PLAN,
    logLevel: env.LOG_LEVEL,
  };
}

/** Read from the bare environment, so that it is told together with whatever else is wrong. */
function problemsOfProduction({ NODE_ENV, PUBLIC_URL }: NodeJS.ProcessEnv): string[] {
  if (NODE_ENV !== 'production' || PUBLIC_URL?.startsWith('https://')) return [];
  return [
    PUBLIC_URL === undefined
      ? 'PUBLIC_URL is missing: in production it must be set, and begin with https://.'
      : `PUBLIC_URL is ${PUBLIC_URL}: in production it must begin with https://.`,
  ];
}

function sentenceOf(issue: v.BaseIssue<unknown>): string {
  const name = String(issue.path?.[0]?.key ?? 'The environment');
  return issue.received === 'undefined' && !issue.message.startsWith(name)
    ? `${name} is missing.`
    : issue.message;
}
