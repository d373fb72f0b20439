import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** Who says when something that was made is over: a test, or with `afterAll` a group of them. */
export type AtTheEnd = (cleanUp: () => Promise<void>, timeoutMs: number) => void;

/** A folder that goes with the test. Root's database runs as another user, who may pass through it. */
export async function makeFolder(atTheEnd: AtTheEnd = onTestFinished): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'statuswatch-deploy-'));
  await chmod(folder, 0o755);
  atTheEnd(() => rm(folder, { recursive: true, force: true }), 60_000);
  return folder;
}
