import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect } from 'vitest';
import { compose } from '../../prober/compose.ts';
import { readConfig } from '../../prober/config.ts';
import { createLog } from '../../prober/log.ts';
import { openBrowser, type TestBrowser } from './browser.ts';
import { MONITOR_KEY } from './monitor-key.ts';
import { openWorld, type World } from './world.ts';

/** Targets of a test listen on this machine, which no monitor may reach unless its operator says so. */
export const ALLOW_THIS_MACHINE = { PROBER_ALLOW_NETWORKS: '127.0.0.0/8' };

/** The three people of every test, with the real prober at work and a real browser to look through. */
export async function openWatchedWorld(
  options: { environment?: Record<string, string> } = {},
): Promise<World & TestBrowser> {
  const world = await openWorld({
    regions: [],
    environment: { ...ALLOW_THIS_MACHINE, ...options.environment },
  });
  await startProber(world);
  return { ...world, ...(await openBrowser()) };
}

async function startProber({ database }: World): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'statuswatch-prober-'));
  const config = readConfig({
    PROBER_DATABASE_URL: database.urls.prober,
    MONITOR_KEY,
    DATA_DIR: dataDir,
    ...ALLOW_THIS_MACHINE,
  });
  const complaints: string[] = [];
  const prober = await compose(config, createLog('error', { write: (line) => complaints.push(line) }));
  await prober.start();
  afterAll(async () => {
    await prober.stop();
    await rm(dataDir, { recursive: true, force: true });
    expect(complaints).toEqual([]);
  });
}
