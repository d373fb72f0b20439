import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll } from 'vitest';

/** A way to a database that a test can shut: what the network between does, without ending the database for others. */
export type Gate = {
  /** As the database's URL, through the gate. */
  url: string;
  /** Cuts every connection, and refuses new ones. */
  shut: () => Promise<void>;
  open: () => Promise<void>;
  /** Carries nothing more on the connections there are, and says nothing of it; new ones are not touched. */
  freeze: () => void;
};

export async function openGate(databaseUrl: string): Promise<Gate> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const makeServer = () =>
    createServer((near) => {
      const far = connect(Number(target.port), target.hostname);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(socket);
        socket.setNoDelay(true);
        socket.pipe(other);
        socket.on('error', ignoreCut);
        socket.once('close', () => {
          sockets.delete(socket);
          other.destroy();
        });
      }
    });
  let server: Server | undefined;
  let port = 0;
  const open = async () => {
    if (server !== undefined) return;
    server = makeServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port; // of a TCP server: always this
  };
  const shut = async () => {
    if (server === undefined) return;
    const closed = once(server, 'close');
    server.close();
    server = undefined;
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const freeze = () => {
    for (const socket of sockets) socket.unpipe().pause();
  };
  await open();
  afterAll(shut);
  const url = new URL(databaseUrl);
  url.port = String(port);
  return { url: url.toString(), open, shut, freeze };
}

/** To be cut is what the gate is for. */
function ignoreCut(): void {}
