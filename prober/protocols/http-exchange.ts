import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { ConnectError, guardedConnect } from '../../shared/network/guarded-connect.ts';
import type { TracedHop } from './exchange-trace.ts';
import { failureOfConnect } from './http-failure.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';
import { sendHttp1 } from './http1-exchange.ts';
import type { ProtocolContext, Recording } from './protocol.ts';

/**
 * One request over a connection of its own, up to the head of its response.
 *
 * @throws CheckFailure; or the signal's reason
 */
export async function exchange(
  request: HttpRequest,
  context: ProtocolContext,
  recording: Recording,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const { timer, trace } = recording;
  const hop = trace.beginHop(request.method, request.url);
  const socket = await connect(request.url, context, recording, hop, signal);
  timer.enter('firstByte');
  const response = await sendHttp1(request, socket, hop, signal);
  hop.statusCode = response.statusCode;
  hop.responseHeaders = response.rawHeaders;
  timer.enter('transfer');
  return response;
}

async function connect(
  url: URL,
  context: ProtocolContext,
  { timer }: Recording,
  hop: TracedHop,
  signal: AbortSignal,
): Promise<Socket> {
  const tls = url.protocol === 'https:';
  const port = url.port === '' ? (tls ? 443 : 80) : Number(url.port);
  try {
    const socket = await guardedConnect({
      hostname: url.hostname,
      port,
      secureContext: tls ? context.secureContext : null,
      guard: context.guard,
      resolve: context.resolve,
      signal,
      onPhase: (phase) => timer.enter(phase),
      onAddresses: ([first = null, ...others]) => {
        if (others.length === 0) hop.address = first;
      },
    });
    hop.address ??= socket.remoteAddress ?? null;
    if (socket instanceof TLSSocket) hop.tlsVersion = socket.getProtocol();
    return socket;
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    if (error.phase !== 'dns') hop.address = error.address;
    throw failureOfConnect(error, url.hostname, port) ?? error;
  }
}
