import { type ProcessUrls, type StartConfig, URL_VARIABLES } from './config.ts';

/** What each process finds in its environment: what it needs, and no secret of another's. */
export function environmentsOf(
  config: StartConfig,
  urls: ProcessUrls,
  madeSecretKey: string,
): { server: NodeJS.ProcessEnv; prober: NodeJS.ProcessEnv } {
  return {
    server: {
      ...config.rest,
      PORT: String(config.port),
      PUBLIC_URL: config.publicUrl,
      SECRET_KEY: config.givenSecretKey ?? madeSecretKey,
      [URL_VARIABLES.app]: urls.app,
      [URL_VARIABLES.identity]: urls.identity,
      [URL_VARIABLES.system]: urls.system,
    },
    prober: {
      ...withoutServerSecrets(config.rest),
      DATA_DIR: config.dataDir,
      [URL_VARIABLES.prober]: urls.prober,
    },
  };
}

/** The prober speaks to strangers all day: it need not know who pays or how mail is sent. */
function withoutServerSecrets(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(STRIPE_|SMTP_|GITHUB_|GOOGLE_|OIDC_)/.test(name)),
  );
}
