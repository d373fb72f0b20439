import {
  createSecureServer,
  type IncomingHttpHeaders,
  type SecureServerOptions,
  type ServerHttp2Stream,
} from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { ServerCertificate } from './certificates.ts';
import { type ListenOptions, listen, listenTls, type Target } from './listen.ts';

/** A request as it came in over HTTP/2, with its whole body. */
export type SeenStream = { headers: IncomingHttpHeaders; rawHeaders: string[]; body: string };

/** A real HTTP/2 server. `requests` fills with what came in. With `allowHTTP1` it answers that as well. */
export async function listenHttp2(
  answer: (stream: ServerHttp2Stream, request: SeenStream) => void,
  options: Omit<ListenOptions, 'certificate'> & { certificate: ServerCertificate & SecureServerOptions },
): Promise<Target & { requests: SeenStream[] }> {
  const requests: SeenStream[] = [];
  const server = createSecureServer(options.certificate);
  const onStream = async (
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    _flags: number,
    rawHeaders: string[],
  ) => {
    stream.on('error', ignoreReset);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    const seen = { headers, rawHeaders, body: Buffer.concat(chunks).toString() };
    requests.push(seen);
    answer(stream, seen);
  };
  server.on('stream', onStream);
  if (options.certificate.allowHTTP1) {
    server.on('request', ({ httpVersionMajor }, response) => {
      if (httpVersionMajor === 1) response.end('HTTP/1.1 will do');
    });
  }
  server.on('sessionError', ignoreReset);
  return { ...(await listen(server, options)), requests };
}

/** A server that agrees on HTTP/2 in the handshake, and then does whatever a test wants. */
export function listenFrames(
  onConnection: (socket: TLSSocket) => void,
  certificate: ServerCertificate,
): Promise<Target> {
  return listenTls(onConnection, { certificate: { ...certificate, ALPNProtocols: ['h2'] } });
}

/** A prober lets go of its connection as soon as it knows enough. */
function ignoreReset(): void {}
