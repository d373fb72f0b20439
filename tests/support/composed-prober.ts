import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { compose } from '../../prober/compose.ts';
import type { ProberConfig } from '../../prober/config.ts';
import { createLog } from '../../prober/log.ts';
import { MONITOR_KEYS } from './monitor-key.ts';
import type { LogLine } from './test-server.ts';

/** A prober in this process, composed as `prober/main.ts` composes it. It ends with the test, if not before. */
export async function composeProber(config: Pick<ProberConfig, 'databaseUrl'> & Partial<ProberConfig>) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'sw-prober-data-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const lines: LogLine[] = [];
  const instance = await compose(
    {
      monitorKeys: MONITOR_KEYS,
      region: 'local',
      allowNetworks: ['127.0.0.0/8'],
      referenceTargets: [],
      dataDir,
      logLevel: 'debug',
      host: 'test',
      version: 'test',
      ...config,
    },
    createLog('debug', { write: (line) => lines.push(JSON.parse(line)) }),
  );
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= instance.stop();
    return stopped;
  };
  onTestFinished(stop);
  await instance.start();
  return { instanceId: instance.instanceId, stop, lines, dataDir };
}
