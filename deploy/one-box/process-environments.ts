import path from 'node:path';
import { PROBER_MEMORY } from '../../shared/prober-flags.ts';
import { type ProcessUrls, type StartConfig, URL_VARIABLES } from './config.ts';
import type { Secrets } from './data-folder.ts';
import type { Demo } from './demo/demo-file.ts';
import type { TestPayments } from './test-payments.ts';

/** Every service of the demo lies here, and nothing else is opened for it. */
const DEMO_NETWORK = '127.0.0.1/32';

/** What each process finds in its environment: what it needs, and no secret of another's. */
export function environmentsOf(options: {
  config: StartConfig;
  urls: ProcessUrls;
  secrets: Secrets;
  demo: Demo | undefined;
  testPayments: TestPayments | undefined;
}): Record<'server' | 'prober' | 'client' | 'demo' | 'stripeDouble', NodeJS.ProcessEnv> {
  const { config, urls, secrets, demo, testPayments } = options;
  const stripe = testPayments === undefined ? {} : stripeVariables(testPayments);
  const monitorKey = config.givenMonitorKey ?? secrets.monitorKey;
  // From the second start on what Node made of our sources is read from there: a process starts sooner, and is 28 MB smaller
  // without the stripper of types.
  const compiled = { NODE_COMPILE_CACHE: path.join(config.dataDir, 'compile-cache') };
  const given = config.rest.PROBER_ALLOW_NETWORKS ?? '';
  const networks = { PROBER_ALLOW_NETWORKS: demo === undefined ? given : `${given} ${DEMO_NETWORK}` };
  return {
    server: {
      ...compiled,
      ...config.rest,
      ...networks,
      ...stripe,
      PORT: String(config.port),
      PUBLIC_URL: config.publicUrl,
      SECRET_KEY: config.givenSecretKey ?? secrets.secretKey,
      MONITOR_KEY: monitorKey,
      [URL_VARIABLES.app]: urls.app,
      [URL_VARIABLES.identity]: urls.identity,
      [URL_VARIABLES.system]: urls.system,
    },
    prober: {
      ...PROBER_MEMORY,
      ...compiled,
      ...withoutServerSecrets(config.rest),
      ...networks,
      DATA_DIR: config.dataDir,
      MONITOR_KEY: monitorKey,
      [URL_VARIABLES.prober]: urls.prober,
    },
    // Vite passes on to the server what it does not serve itself.
    client: { ...withoutServerSecrets(config.rest), PUBLIC_URL: `http://localhost:${config.port}` },
    stripeDouble:
      testPayments === undefined
        ? {}
        : {
            ...compiled,
            ...stripe,
            STRIPE_DOUBLE_PORT: String(testPayments.port),
            STRIPE_DOUBLE_STATE: testPayments.statePath,
            STRIPE_DOUBLE_WEBHOOK_URL: `http://127.0.0.1:${config.port}/webhooks/stripe`,
          },
    demo: demo === undefined ? {} : { DEMO_PORT: String(demo.ports.services), DEMO_MADE_AT: demo.madeAt },
  };
}

function stripeVariables({ secretKey, webhookSecret, proPriceId, url }: TestPayments) {
  return {
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_PRO_PRICE_ID: proPriceId,
    STRIPE_API_BASE: url,
  };
}

/** The prober speaks to strangers all day: it need not know who pays or how mail is sent. */
function withoutServerSecrets(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(STRIPE_|SMTP_|GITHUB_|GOOGLE_|OIDC_)/.test(name)),
  );
}
