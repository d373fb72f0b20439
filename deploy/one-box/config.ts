import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from './free-port.ts';
import { StartFailure } from './start-failure.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Which variable carries which role's URL; each process gets those it needs and no other. */
export const URL_VARIABLES = {
  app: 'DATABASE_URL',
  identity: 'IDENTITY_DATABASE_URL',
  system: 'SYSTEM_DATABASE_URL',
  prober: 'PROBER_DATABASE_URL',
  owner: 'MIGRATION_DATABASE_URL',
} as const;

/** One URL a role that some process works as. */
export type ProcessUrls = { app: string; identity: string; system: string; prober: string };
export type GivenUrls = ProcessUrls & { owner: string | undefined };

export type StartConfig = {
  port: number;
  publicUrl: string;
  dataDir: string;
  /** URLs of a database of the operator's own; undefined where we embed one. */
  givenUrls: GivenUrls | undefined;
  givenSecretKey: string | undefined;
  givenMonitorKey: string | undefined;
  /** Whether Stripe is played here, because nobody gave keys for the real one, and whoever pays sits at this machine. */
  playsPayments: boolean;
  /** Everything else, for the processes to read themselves. */
  rest: NodeJS.ProcessEnv;
};

const OURS = new Set<string>([
  'PORT',
  'PUBLIC_URL',
  'DATA_DIR',
  'SECRET_KEY',
  'MONITOR_KEY',
  'ADMIN_DATABASE_URL',
  ...Object.values(URL_VARIABLES),
]);

export function dataFolderOf(environment: NodeJS.ProcessEnv): string {
  return path.resolve(ROOT, environment.DATA_DIR || '.data');
}

/** Where Vite serves the web app in development (client/vite.config.ts). */
const DEVELOPMENT_CLIENT_URL = 'http://localhost:5173';

/** Reads the environment for `npm start`, and for `npm run dev`. @throws StartFailure */
export async function readConfig(environment: NodeJS.ProcessEnv, development: boolean): Promise<StartConfig> {
  const port = await readPort(environment.PORT || '3000');
  const publicUrl =
    environment.PUBLIC_URL || (development ? DEVELOPMENT_CLIENT_URL : `http://localhost:${port}`);
  return {
    port,
    publicUrl,
    playsPayments: playsPayments(environment, publicUrl),
    dataDir: dataFolderOf(environment),
    givenUrls: readUrls(environment),
    givenSecretKey: environment.SECRET_KEY || undefined,
    givenMonitorKey: environment.MONITOR_KEY || undefined,
    rest: Object.fromEntries(Object.entries(environment).filter(([name]) => !OURS.has(name))),
  };
}

/** Not where payments are real, nor where nothing is sold, nor where others would come to a page that only this machine has. */
function playsPayments(environment: NodeJS.ProcessEnv, publicUrl: string): boolean {
  const given = Object.keys(environment).some((name) => name.startsWith('STRIPE_') && environment[name]);
  if (given || environment.DEFAULT_PLAN === 'pro' || environment.NODE_ENV === 'production') return false;
  return /^http:\/\/(([\w-]+\.)*localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(publicUrl);
}

async function readPort(text: string): Promise<number> {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new StartFailure(`PORT is "${text}": set it to a number from 0 (any free port) to 65535.`);
  }
  return port === 0 ? findFreePort() : port;
}

function readUrls(environment: NodeJS.ProcessEnv): GivenUrls | undefined {
  if (!environment.DATABASE_URL) return undefined;
  const { app, identity, system, prober, owner } = URL_VARIABLES;
  const missing = [identity, system, prober].filter((name) => !environment[name]);
  if (missing.length > 0) {
    throw new StartFailure(
      `DATABASE_URL is set, so set ${missing.join(', ')} too; "npm run migrate -- --create-roles" makes and prints them.`,
    );
  }
  const wrong = Object.values(URL_VARIABLES).find(
    (name) => !/^postgres(ql)?:\/\/./.test(environment[name] || 'postgres://-'),
  );
  if (wrong !== undefined) {
    throw new StartFailure(`${wrong} must be a URL such as postgres://user:password@host:5432/statuswatch.`);
  }
  const read = (name: string) => environment[name] ?? '';
  return {
    app: read(app),
    identity: read(identity),
    system: read(system),
    prober: read(prober),
    owner: environment[owner] || undefined,
  };
}
