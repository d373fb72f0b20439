import { connect, type Socket } from 'node:net';

/** Whether one of some addresses takes a connection; `code` says why not, `ETIMEDOUT` for silence. */
export type Reached = { accepts: true; address: string } | { accepts: false; address: string; code: string };

/** After the one before has been silent for so long, the next address is tried as well (RFC 8305, 5). */
const NEXT_AFTER_MS = 250;
const MOST_ADDRESSES = 8;

/**
 * Tries to connect to one of several addresses, which must have been checked, and lets go at once: nothing is sent. Tells of
 * the first that accepts; else of the last that said why not, or of the first when all were silent.
 *
 * @param options.signal ends it; the answer is then null
 */
export async function reachOneOf(
  addresses: readonly string[],
  port: number,
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<Reached | null> {
  const places = [...new Set(addresses)].slice(0, MOST_ADDRESSES);
  const [first] = places;
  if (first === undefined || options.signal.aborted) return null;
  const { promise, resolve } = Promise.withResolvers<Reached | null>();
  const sockets: Socket[] = [];
  let said: Reached = { accepts: false, address: first, code: 'ETIMEDOUT' };
  let failures = 0;
  let next: NodeJS.Timeout | undefined;
  const tryNext = () => {
    clearTimeout(next);
    const address = places[sockets.length];
    if (address === undefined) return;
    next = setTimeout(tryNext, NEXT_AFTER_MS);
    const socket = connect({ host: address, port });
    sockets.push(socket);
    socket.once('connect', () => resolve({ accepts: true, address }));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      said = { accepts: false, address, code: error.code ?? '' };
      failures += 1;
      if (failures === places.length) resolve(said);
      else if (!isOver) tryNext();
    });
  };
  let isOver = false;
  // What has arrived is heard first (the immediate comes after the sockets): a busy prober must not call that silence.
  const patience = setTimeout(() => setImmediate(() => resolve(said)), options.timeoutMs);
  const abort = () => resolve(null);
  options.signal.addEventListener('abort', abort, { once: true });
  tryNext();
  try {
    return await promise;
  } finally {
    isOver = true;
    options.signal.removeEventListener('abort', abort);
    clearTimeout(patience);
    clearTimeout(next);
    for (const socket of sockets) socket.destroy();
  }
}
