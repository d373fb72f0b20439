import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/**
 * A port that takes no connection and refuses none, as behind a firewall that drops packets: of a process that stands still,
 * with as many connections waiting as the system keeps for it. It ends with the test.
 */
export async function listenSilently(host: string, port: number): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), [host, String(port)]);
  const waiting: Socket[] = [];
  onTestFinished(() => {
    for (const socket of waiting) socket.destroy();
    child.kill('SIGKILL');
  });
  await once(child, 'message');
  child.kill('SIGSTOP');
  for (let silent = false; !silent; ) {
    const socket = connect(port, host).on('error', ignoreReset);
    waiting.push(socket);
    silent = !(await connects(socket));
  }
}

/** A connection over the loopback takes far less than a millisecond. */
async function connects(socket: Socket): Promise<boolean> {
  const patience = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => setImmediate(() => patience.resolve(false)), 250); // what has come is heard first
  socket.once('connect', () => patience.resolve(true));
  const connected = await patience.promise;
  clearTimeout(timer);
  return connected;
}

function ignoreReset(): void {}

// In the process of its own.
const [host, port] = process.argv.slice(2);
if (process.send !== undefined && host !== undefined && process.argv[1] === fileURLToPath(import.meta.url)) {
  createServer().listen({ host, port: Number(port), backlog: 1 }, () => process.send?.('listening'));
}
