import { hostname } from 'node:os';
import * as v from 'valibot';
import packageJson from '../package.json' with { type: 'json' };
import { regionSchema } from '../shared/checks/region.ts';
import { networkList } from '../shared/network/network-list.ts';
import { readMonitorKey } from '../shared/secrets/monitor-key.ts';
import type { Reference } from './reference-targets.ts';

const words = (text: string) => text.split(/[\s,]+/).filter((item) => item !== '');

const environmentSchema = v.object({
  PROBER_DATABASE_URL: v.pipe(
    v.optional(v.string(), ''),
    v.nonEmpty('PROBER_DATABASE_URL is missing: set it to the URL of the role statuswatch_prober.'),
    v.regex(
      /^postgres(ql)?:\/\//,
      'PROBER_DATABASE_URL must be a URL such as postgres://user:password@host:5432/statuswatch.',
    ),
  ),
  MONITOR_KEY: v.pipe(
    v.optional(v.string(), ''),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const read = readMonitorKey(dataset.value);
      if (read.ok) return read.keys;
      addIssue({ message: read.sentence });
      return NEVER;
    }),
  ),
  PROBER_REGION: v.optional(regionSchema),
  FLY_REGION: v.optional(regionSchema),
  PROBER_ALLOW_NETWORKS: networkList('PROBER_ALLOW_NETWORKS'),
  PROBER_REFERENCE_TARGETS: v.pipe(
    v.optional(v.string(), ''),
    v.transform(words),
    v.array(
      v.pipe(
        v.string(),
        v.check(
          (text) => parseReference(text) !== null,
          ({ input }) =>
            `PROBER_REFERENCE_TARGETS: "${input}" is not a host and a port such as one.one.one.one:443.`,
        ),
        v.transform((text) => parseReference(text) as Reference), // checked one line above
      ),
    ),
  ),
  DATA_DIR: v.optional(v.string(), '.data'),
  LOG_LEVEL: v.optional(
    v.picklist(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'LOG_LEVEL is one of fatal, error, warn, info, debug, trace, silent.',
    ),
    'info',
  ),
});

export type ProberConfig = {
  databaseUrl: string;
  /** What monitors' secrets are sealed with, 32 bytes each. */
  monitorKeys: Uint8Array[];
  region: string;
  allowNetworks: string[];
  /** What shows whether this prober's own network is there; without any, nothing is ever called void for it. */
  referenceTargets: Reference[];
  /** Where results wait while the database is away. */
  dataDir: string;
  logLevel: string;
  host: string;
  version: string;
};

/** The environment is not one to start with; the message has a line for each thing that is wrong. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads and checks the environment. @throws ConfigError */
export function readConfig(environment: NodeJS.ProcessEnv): ProberConfig {
  const parsed = v.safeParse(environmentSchema, environment, { abortPipeEarly: true });
  if (!parsed.success) {
    throw new ConfigError(
      `The prober cannot start:\n${parsed.issues.map((issue) => `  - ${issue.message}`).join('\n')}`,
    );
  }
  const env = parsed.output;
  return {
    databaseUrl: env.PROBER_DATABASE_URL,
    monitorKeys: env.MONITOR_KEY,
    region: env.PROBER_REGION ?? env.FLY_REGION ?? 'local',
    allowNetworks: env.PROBER_ALLOW_NETWORKS,
    referenceTargets: env.PROBER_REFERENCE_TARGETS,
    dataDir: env.DATA_DIR,
    logLevel: env.LOG_LEVEL,
    host: hostname(),
    version: packageJson.version,
  };
}

/** `host:port`, an IPv6 address in brackets; null when it is not that. */
function parseReference(text: string): Reference | null {
  const url = `tcp://${text}`;
  if (!/^[^/?#@]+:\d+$/.test(text) || !URL.canParse(url)) return null;
  const { hostname, port } = new URL(url);
  return hostname === '' || Number(port) === 0 ? null : { host: hostname, port: Number(port) };
}
