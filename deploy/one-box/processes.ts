import { watch } from 'node:fs';
import path from 'node:path';
import { type ProcessUrls, ROOT, type StartConfig } from './config.ts';
import { logsFolder } from './data-folder.ts';
import type { Demo } from './demo/demo-file.ts';
import { LogFile } from './log-file.ts';
import { environmentsOf } from './process-environments.ts';
import { StartFailure } from './start-failure.ts';
import { type SupervisedProcess, superviseProcess } from './supervised-process.ts';
import { waitUntilReady } from './wait-until-ready.ts';

/** Editors write a file in several steps. */
const SETTLED_AFTER_MS = 150;

export type Processes = {
  /** Fulfilled when every part works; rejected when one ends before that. */
  ready: Promise<void>;
  stop: () => Promise<void>;
};

/** Starts server and prober, the demo's services where there is a demo, and Vite in development; keeps them running. */
export function startProcesses(options: {
  config: StartConfig;
  urls: ProcessUrls;
  secretKey: string;
  demo: Demo | undefined;
  development: boolean;
  say: (sentence: string) => void;
  stopped: AbortSignal;
}): Processes {
  const { config, say, development } = options;
  const died = Promise.withResolvers<never>();
  let ready = false;
  const run = (name: string, script: string, environment: NodeJS.ProcessEnv, args: string[] = []) => {
    const log = new LogFile(path.join(logsFolder(config.dataDir), `${name}.log`));
    const onExit = (trouble: string | undefined) => {
      if (ready) return 'restart' as const;
      died.reject(new StartFailure(trouble ?? `The ${name} ended at once; ${log.path} says why.`));
      return 'leave' as const;
    };
    return superviseProcess({ name, script: path.join(ROOT, script), args, environment, log, say, onExit });
  };

  const { server, prober, client, demo } = environmentsOf(options);
  const serverProcess = run('server', 'server/main.ts', server);
  const proberProcess = run('prober', 'prober/main.ts', prober);
  const all: SupervisedProcess[] = [serverProcess, proberProcess];
  if (demo !== undefined) all.push(run('demo', 'deploy/one-box/demo/serve.ts', demo));
  if (development) {
    all.push(run('client', 'node_modules/vite/bin/vite.js', client, ['dev', 'client']));
    restartOnChange(['server', 'shared', 'drizzle'], serverProcess, options.stopped);
    restartOnChange(['prober', 'shared', 'drizzle'], proberProcess, options.stopped);
  }

  const whenReady = async () => {
    await Promise.race([waitUntilReady(config.port, options.stopped), died.promise]);
    ready = true;
  };
  return {
    ready: whenReady(),
    async stop() {
      await Promise.all(all.map((each) => each.stop()));
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
