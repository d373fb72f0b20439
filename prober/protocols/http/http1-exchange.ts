import { type ClientRequest, type IncomingMessage, request as startRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { TracedHop } from '../../trace/exchange-trace.ts';
import { CheckFailure } from '../check-failure.ts';
import { failureOfExchange } from './http-failure.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';

const MAX_HEADER_BYTES = 16 * 1024;
/** 100 Continue, 103 Early Hints: a handful. A flood of them would keep the prober busy until the deadline. */
const MAX_INTERIM_RESPONSES = 20;

/**
 * Sends a request over a connection of its own, with HTTP/1.1. The deadline of `signal` holds for the body of the response too.
 *
 * @throws CheckFailure when what comes is no response
 */
export function sendHttp1(
  request: HttpRequest,
  socket: Socket,
  hop: TracedHop,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const headers = headersOf(request);
  hop.httpVersion = '1.1';
  hop.requestHeaders = headers;
  return new Promise((done, fail) => {
    // The deadline holds for the body too: the listener goes when the socket does.
    const abort = () => {
      fail(signal.reason);
      socket.destroy();
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.once('close', () => signal.removeEventListener('abort', abort));
    const outgoing: ClientRequest = startRequest({
      createConnection: () => socket,
      method: request.method,
      path: `${request.url.pathname}${request.url.search}`,
      headers,
      maxHeaderSize: MAX_HEADER_BYTES,
    });
    let response: IncomingMessage | undefined;
    outgoing.once('response', (begun) => {
      response = begun;
      const { statusCode = 0, headers, rawHeaders } = begun;
      done({ httpVersion: '1.1', statusCode, headers, rawHeaders, body: begun });
    });
    let interim = 0;
    outgoing.on('information', () => {
      if (++interim <= MAX_INTERIM_RESPONSES) return;
      fail(new CheckFailure('invalid_response', 'The server sent nothing but interim (1xx) responses.'));
      socket.destroy();
    });
    outgoing.once('upgrade', (_response, upgraded) => {
      upgraded.destroy();
      fail(
        new CheckFailure('invalid_response', 'The server switched to another protocol without being asked.'),
      );
    });
    outgoing.on('error', (error) => {
      const failure = failureOfExchange(error) ?? error;
      fail(failure);
      response?.destroy(failure); // what is no HTTP in the middle of a body is told to who reads the body
    });
    outgoing.end(request.body ?? undefined);
  });
}

/** Names and values in turn, the form that `node:http` writes out as it is. */
function headersOf({ url, headers, body, method }: HttpRequest): string[] {
  const all = ['Host', url.host, 'Connection', 'close', ...headers];
  if (body !== null) all.push('Content-Length', String(Buffer.byteLength(body)));
  else if (method === 'POST' || method === 'PUT' || method === 'PATCH') all.push('Content-Length', '0');
  return all;
}
