import { setTimeout as sleep } from 'node:timers/promises';
import { StartFailure } from './start-failure.ts';

const ASK_EVERY_MS = 50;
const GIVE_UP_AFTER_MS = 120_000;

/**
 * Waits until /health/ready says that every part works.
 *
 * @param stopped ends the waiting without an error
 * @throws StartFailure with the part that does not, after two minutes
 */
export async function waitUntilReady(port: number, stopped: AbortSignal): Promise<void> {
  const startedAt = Date.now();
  let answer = 'it does not answer';
  while (!stopped.aborted) {
    try {
      const response = await fetch(`http://localhost:${port}/health/ready`);
      answer = await response.text();
      if (response.ok) return;
    } catch {
      // It does not listen yet; when it never does, the sentence below says so.
    }
    if (Date.now() - startedAt > GIVE_UP_AFTER_MS) {
      throw new StartFailure(`The server is not ready after 2 minutes: ${answer}`);
    }
    await sleep(ASK_EVERY_MS);
  }
}
