import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { ServerCertificate } from './certificates.ts';

/** A target that a test listens as; it closes with the test, whoever is still connected. */
export type Target = {
  port: number;
  /** `http://127.0.0.1:port`, or `https:` with a certificate. */
  url: string;
  /** Connections that came in. */
  connections: () => number;
  /** Connections that are open now. */
  open: () => number;
};

export type ListenOptions = { host?: string; port?: number; certificate?: ServerCertificate & TlsOptions };

/** A request as it came in, with its whole body. */
export type SeenRequest = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders'> & {
  body: string;
};

/** A real HTTP server. `requests` fills with what came in. */
export async function listenHttp(
  answer: (response: ServerResponse, request: SeenRequest) => void,
  options: ListenOptions = {},
): Promise<Target & { requests: SeenRequest[] }> {
  const requests: SeenRequest[] = [];
  const onRequest = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, url, headers, rawHeaders } = request;
    const seen = { method, url, headers, rawHeaders, body: Buffer.concat(chunks).toString() };
    requests.push(seen);
    answer(response, seen);
  };
  const server =
    options.certificate === undefined
      ? createHttpServer(onRequest)
      : createHttpsServer(options.certificate, onRequest);
  return { ...(await listen(server, options)), requests };
}

/** A server that does with a connection whatever a test wants, HTTP or not. */
export async function listenRaw(
  onConnection: (socket: Socket) => void,
  options: Omit<ListenOptions, 'certificate'> = {},
): Promise<Target> {
  return listen(
    createServer((socket) => {
      socket.on('error', ignoreReset);
      onConnection(socket);
    }),
    options,
  );
}

/** As `listenRaw`, after a TLS handshake. */
export async function listenTls(
  onConnection: (socket: TLSSocket) => void,
  options: ListenOptions & { certificate: ServerCertificate & TlsOptions },
): Promise<Target> {
  const server = createTlsServer(options.certificate, (socket) => {
    socket.on('error', ignoreReset);
    onConnection(socket);
  });
  server.on('tlsClientError', ignoreReset);
  return listen(server, options);
}

/** Opens a server at a port of its own; it closes with the test. */
export async function listen(
  server: Server,
  { host = '127.0.0.1', port: wanted = 0, certificate }: ListenOptions,
): Promise<Target> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(wanted, host);
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  const { port } = server.address() as AddressInfo; // of a TCP server: always this
  const scheme = certificate === undefined ? 'http' : 'https';
  return {
    port,
    url: `${scheme}://${host}:${port}`,
    connections: () => connections,
    open: () => sockets.size,
  };
}

/** A prober lets go of a bad target in the middle of what it says: that is what these tests are about. */
function ignoreReset(): void {}
