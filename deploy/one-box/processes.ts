import { watch } from 'node:fs';
import path from 'node:path';
import { PROBER_FLAGS } from '../../shared/prober-flags.ts';
import { type ProcessUrls, ROOT, type StartConfig } from './config.ts';
import { logsFolder, type Secrets } from './data-folder.ts';
import type { Demo } from './demo/demo-file.ts';
import { LogFile } from './log-file.ts';
import { environmentsOf } from './process-environments.ts';
import { StartFailure } from './start-failure.ts';
import { type SupervisedProcess, superviseProcess } from './supervised-process.ts';
import type { TestPayments } from './test-payments.ts';
import { waitUntilListening } from './wait-until-listening.ts';
import { waitUntilReady } from './wait-until-ready.ts';

/** Editors write a file in several steps. */
const SETTLED_AFTER_MS = 150;
/** Where one process refuses to start, the others have at most this long to refuse too, or to say that they work. */
const OTHERS_SPEAK_WITHIN_MS = 10_000;

export type Processes = {
  /** Fulfilled when every part works; rejected when one ends before that. */
  ready: Promise<void>;
  stop: () => Promise<void>;
};

/**
 * Starts server and prober, the demo's services where there is a demo, who plays Stripe where payments are in test mode, and Vite in
 * development; keeps them running.
 */
export async function startProcesses(options: {
  config: StartConfig;
  urls: ProcessUrls;
  secrets: Secrets;
  demo: Demo | undefined;
  testPayments: TestPayments | undefined;
  development: boolean;
  say: (sentence: string) => void;
  stopped: AbortSignal;
}): Promise<Processes> {
  const { config, say, development } = options;
  const died = Promise.withResolvers<never>();
  const refusals: string[] = [];
  const refuse = () => died.reject(new StartFailure(refusals.join('\n')));
  /** Of whom it is not known yet whether they can start: what is wrong with all is told at once. */
  const unheard = new Set<string>();
  const hear = (name: string) => {
    unheard.delete(name);
    if (refusals.length > 0 && unheard.size === 0) refuse();
  };
  let ready = false;
  const run = (name: string, script: string, environment: NodeJS.ProcessEnv, args: string[] = []) => {
    const log = new LogFile(path.join(logsFolder(config.dataDir), `${name}.log`));
    const onExit = (trouble: string | undefined) => {
      if (ready) return 'restart' as const;
      refusals.push(trouble ?? `The ${name} ended at once; ${log.path} says why.`);
      if (refusals.length === 1) setTimeout(refuse, OTHERS_SPEAK_WITHIN_MS);
      hear(name);
      return 'leave' as const;
    };
    const flags = name === 'prober' ? PROBER_FLAGS : [];
    return superviseProcess({
      ...{ name, args, environment, flags, log, say, onExit },
      onWord: () => hear(name),
      script: path.join(ROOT, script),
    });
  };

  const environments = environmentsOf(options);
  // The demo's services are there before anybody checks them, and go after that: its history stays as it is told.
  const services: SupervisedProcess[] = [];
  if (options.demo !== undefined) {
    services.push(run('demo', 'deploy/one-box/demo/serve.ts', environments.demo));
    await Promise.race([waitUntilListening(options.demo.ports.services, options.stopped), died.promise]);
  }
  if (options.testPayments !== undefined) {
    services.push(run('stripe-double', 'tests/support/stripe-double/serve.ts', environments.stripeDouble));
  }
  for (const name of ['server', 'prober']) unheard.add(name);
  const server = run('server', 'server/main.ts', environments.server);
  const prober = run('prober', 'prober/main.ts', environments.prober);
  const all = [server, prober];
  if (development) {
    all.push(run('client', 'node_modules/vite/bin/vite.js', environments.client, ['dev', 'client']));
    restartOnChange(['server', 'shared', 'drizzle'], server, options.stopped);
    restartOnChange(['prober', 'shared', 'drizzle'], prober, options.stopped);
  }

  const whenReady = async () => {
    const working = [waitUntilReady(config.port, options.stopped)];
    // Nobody asks it for anything before the first page is open.
    if (options.testPayments !== undefined)
      working.push(waitUntilListening(options.testPayments.port, options.stopped));
    await Promise.race([Promise.all(working), died.promise]);
    ready = true;
  };
  return {
    ready: whenReady(),
    async stop() {
      await Promise.all(all.map((each) => each.stop()));
      await Promise.all(services.map((each) => each.stop()));
    },
  };
}

function restartOnChange(folders: string[], running: SupervisedProcess, stopped: AbortSignal): void {
  let settled: NodeJS.Timeout | undefined;
  for (const folder of folders) {
    watch(path.join(ROOT, folder), { recursive: true, signal: stopped }, (_event, file) => {
      if (file?.endsWith('.test.ts')) return;
      clearTimeout(settled);
      settled = setTimeout(() => running.restart(), SETTLED_AFTER_MS);
    });
  }
}
