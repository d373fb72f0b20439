import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const ASK_EVERY_MS = 20;

/** Waits until somebody listens on a port of the loopback interface. @param signal ends the waiting without an error */
export async function waitUntilListening(port: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await isTaken(port))) await sleep(ASK_EVERY_MS);
}

function isTaken(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1');
  socket.once('connect', () => resolve(true));
  socket.once('error', () => resolve(false));
  return promise.finally(() => socket.destroy());
}
