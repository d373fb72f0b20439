import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import pg from 'pg';
import type { CheckSpec } from '../shared/checks/check-spec.ts';
import type { Verdict } from '../shared/monitoring/try-monitor.ts';
import { createResolver } from '../shared/network/resolve-host.ts';
import { createTargetGuard, literalOf } from '../shared/network/target-guard.ts';
import { CannotOpen, KeyRing } from '../shared/secrets/key-ring.ts';
import { CertificateRecorder } from './certificate-recorder.ts';
import { CheckLoop } from './check-loop.ts';
import { checkOverOwnNetwork, type OwnNetwork } from './check-over-own-network.ts';
import { answerCheckRequest, takeCheckRequests } from './check-request-rows.ts';
import { CheckRequests } from './check-requests.ts';
import { claimByTurns } from './claim-by-turns.ts';
import { claimDueChecks, releaseLeases } from './claim-due-checks.ts';
import type { ProberConfig } from './config.ts';
import { DatabaseClock } from './database-clock.ts';
import { Evaluations } from './evaluation/evaluate-apart.ts';
import { FamilyHealth } from './family-health.ts';
import { findingWithoutKey } from './finding-without-key.ts';
import { insertInstance, retireInstance, updateInstance } from './instance-rows.ts';
import type { Logger } from './log.ts';
import { ProcessLoad } from './process-load.ts';
import { CertificateReader } from './protocols/certificate-record.ts';
import { ClientContexts } from './protocols/http/credentials/client-contexts.ts';
import { TokenCache } from './protocols/http/credentials/token-cache.ts';
import type { ProtocolContext } from './protocols/protocol.ts';
import { recordCertificates } from './record-certificates.ts';
import { recordResults } from './record-results.ts';
import { ReferenceTargets } from './reference-targets.ts';
import { rememberVerdicts } from './remember-verdicts.ts';
import { ResultRecorder } from './result-recorder.ts';
import { ResultSpool } from './result-spool.ts';
import { ProberSession } from './session.ts';
import { tryDraft } from './try-draft.ts';

const HEARTBEAT_MS = 5000;
/** Readings of the database's clock before the first check. */
const CLOCK_READINGS = 5;

export type Prober = { instanceId: number; start(): Promise<void>; stop(): Promise<void> };

/** The prober cannot start, for a reason that is not its own fault: the message is for who started it. */
export class StartRefused extends Error {
  override name = 'StartRefused';
}

/** The only place that constructs what the prober is made of. @throws StartRefused */
export async function compose(config: ProberConfig, log: Logger): Promise<Prober> {
  const clock = new DatabaseClock();
  const context = createContext(config, clock);
  const pool = new pg.Pool({
    connectionString: config.databaseUrl,
    application_name: 'statuswatch-prober',
    max: 4,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000, // the system's own default is two hours
    // A database that was cut off without a word never answers. One that is there gives a statement up before that.
    statement_timeout: 15_000,
    query_timeout: 20_000,
    // Cut off in the middle of a batch, the rows it has locked are another prober's soon.
    idle_in_transaction_session_timeout: 5000,
  });
  pool.on('error', (error) => log.warn({ event: 'database.connection_lost', err: error }, 'connection lost'));
  let instanceId: number;
  try {
    instanceId = await insertInstance(pool, config);
  } catch (error) {
    await pool.end();
    throw databaseRefusal(config, error);
  }

  const network = createOwnNetwork(config, context, log);
  const ring = new KeyRing(config.monitorKeys);
  const evaluations = new Evaluations();
  const recorder = new ResultRecorder({
    record: (batch) => recordResults(pool, batch, clock.nowMs()),
    spool: new ResultSpool(join(config.dataDir, 'spool')),
    log,
  });
  const certificates = new CertificateRecorder({ record: (batch) => recordCertificates(pool, batch), log });
  const loop = new CheckLoop({
    claim: (limit, aheadMs, turns) => {
      const claim = { region: config.region, instanceId, limit, aheadMs, ring };
      return turns === null ? claimDueChecks(pool, claim) : claimByTurns(pool, { ...claim, ...turns });
    },
    run: async ({ spec, tenantId, monitorId, region }) => {
      if (!(spec instanceof CannotOpen)) {
        const judge: ProtocolContext['judge'] = (assertions, exchange) =>
          evaluations.judge(tenantId, assertions, exchange);
        const run = await checkOverOwnNetwork(spec, { ...context, judge }, network);
        const certificate = run.trace?.certificate?.() ?? null;
        const { target } = spec;
        if (certificate !== null)
          certificates.note({ tenantId, monitorId, region, target, certificate, seenAtMs: clock.nowMs() });
        return run;
      }
      log.error({ event: 'prober.key_missing', tenantId, monitorId, err: spec }, 'secrets do not open');
      return { finding: findingWithoutKey(spec), error: null };
    },
    finish: (finished, urgent) => recorder.add(finished, urgent),
    clock,
    log,
  });
  const checkDraft = async (spec: CheckSpec, tenantId: string) => {
    let verdicts: Verdict[] = [];
    const judge: ProtocolContext['judge'] = async (assertions, exchange) => {
      verdicts = await evaluations.judge(tenantId, assertions, exchange);
      return verdicts;
    };
    return { ...(await checkOverOwnNetwork(spec, { ...context, judge }, network)), verdicts };
  };
  const requests = new CheckRequests({
    take: (limit) => takeCheckRequests(pool, { region: config.region, instanceId, limit }),
    run: (request) => tryDraft(request, { ring, check: checkDraft, nowMs: () => clock.nowMs(), log }),
    answer: (request, answer) => answerCheckRequest(pool, request, answer),
    log,
  });
  const session = new ProberSession({
    databaseUrl: config.databaseUrl,
    instanceId,
    region: config.region,
    onWake: () => loop.wake(),
    onRequest: () => requests.wake(),
    log,
  });

  const load = new ProcessLoad();
  const beat = async () => {
    const figures = { ...loop.takeFigures(), ...load.take() };
    const sentAt = performance.now();
    clock.sample(await updateInstance(pool, instanceId, figures), sentAt, performance.now());
  };
  let heartbeat: NodeJS.Timeout | undefined;
  return {
    instanceId,
    async start() {
      await session.start();
      for (const references of Object.values(network)) references.start();
      for (let reading = 0; reading < CLOCK_READINGS; reading++) await beat();
      heartbeat = setInterval(() => {
        beat().catch((error: unknown) => {
          log.warn({ event: 'prober.heartbeat_failed', err: error }, 'heartbeat failed');
          clock.reset();
        });
        void session.prove();
      }, HEARTBEAT_MS);
      loop.wake();
      requests.wake();
    },
    async stop() {
      clearInterval(heartbeat);
      await Promise.all([loop.stop(), requests.stop()]);
      await evaluations.stop();
      for (const references of Object.values(network)) references.stop();
      await recorder.stop();
      await certificates.stop();
      await releaseLeases(pool, config.region, instanceId);
      await retireInstance(pool, instanceId);
      await session.stop();
      await pool.end();
    },
  };
}

function createContext(
  { allowNetworks, referenceTargets: references }: ProberConfig,
  clock: DatabaseClock,
): Omit<ProtocolContext, 'judge'> {
  try {
    const guard = rememberVerdicts(createTargetGuard({ allowNetworks }));
    const resolve = createResolver({ hostsFile: allowNetworks.length > 0 });
    return {
      guard,
      resolve,
      secureContext: createSecureContext(),
      clientContexts: new ClientContexts(createSecureContext),
      tokens: new TokenCache(),
      certificates: new CertificateReader(),
      families: new FamilyHealth({ references, resolve, ...guard }),
      nowMs: () => clock.nowMs(),
    };
  } catch (error) {
    throw new StartRefused(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function createOwnNetwork(
  { referenceTargets }: ProberConfig,
  { resolve }: Pick<ProtocolContext, 'resolve'>,
  log: Logger,
): OwnNetwork {
  const watch = (references: typeof referenceTargets, what: 'network' | 'names') => {
    const onTurn = (gone: boolean) => {
      if (gone)
        log.warn({ event: 'prober.cut_off', what }, 'no reference target is reached: results are void');
      else log.info({ event: 'prober.no_longer_cut_off', what }, 'a reference target is reached again');
    };
    return new ReferenceTargets({ references, resolve, onTurn });
  };
  return {
    wayOut: watch(referenceTargets, 'network'),
    names: watch(
      referenceTargets.filter(({ host }) => literalOf(host) === null),
      'names',
    ),
  };
}

function databaseRefusal({ databaseUrl }: ProberConfig, error: unknown): StartRefused {
  const { host } = new URL(databaseUrl);
  const words = error instanceof Error && error.message !== '' ? error.message : codeOf(error);
  return new StartRefused(
    `The prober cannot use its database at ${host} (${words}). Start it, or mend PROBER_DATABASE_URL.`,
    { cause: error },
  );
}

/** Where every address of a name refuses, the error has no words, only a code. */
const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
