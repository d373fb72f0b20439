import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { ConnectError, guardedConnect } from '../../../shared/network/guarded-connect.ts';
import { isLocalhost } from '../../../shared/network/resolve-host.ts';
import type { ExchangeTrace, TracedHop } from '../../trace/exchange-trace.ts';
import type { ShownCertificate } from '../certificate-record.ts';
import type { CheckFailure } from '../check-failure.ts';
import { assertOwnClockRight, invalidNow } from '../judge-certificate.ts';
import type { ProtocolContext, Recording } from '../protocol.ts';
import { failureOfConnect } from './http-failure.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';
import { sendHttp1 } from './http1-exchange.ts';
import { sendHttp2 } from './http2-exchange.ts';
import { Http11Required } from './http2-failure.ts';

/** A response, and the certificate of who gave it; null on plain HTTP. */
export type CertifiedResponse = HttpResponse & { certificate: ShownCertificate | null };

type Connected = { socket: Socket; certificate: ShownCertificate | null };
type Seen = { addresses: readonly string[]; certificate: ShownCertificate | null };

/**
 * One request over a connection of its own, up to the head of its response. With HTTP/2 where that may be used and is offered.
 *
 * @throws CheckFailure; OwnClockWrong; or the signal's reason
 */
export async function exchange(
  request: HttpRequest,
  context: ProtocolContext,
  recording: Recording,
  signal: AbortSignal,
): Promise<CertifiedResponse> {
  try {
    return await exchangeOnce(request, context, recording, signal);
  } catch (error) {
    if (!(error instanceof Http11Required)) throw error;
    return exchangeOnce({ ...request, httpVersion: '1.1' }, context, recording, signal);
  }
}

async function exchangeOnce(
  request: HttpRequest,
  context: ProtocolContext,
  recording: Recording,
  signal: AbortSignal,
): Promise<CertifiedResponse> {
  const { timer, trace } = recording;
  const hop = trace.beginHop(request.method, request.url);
  const { socket, certificate } = await connect(request, context, recording, hop, signal);
  timer.enter('firstByte');
  const send = socket instanceof TLSSocket && socket.alpnProtocol === 'h2' ? sendHttp2 : sendHttp1;
  const response = await send(request, socket, hop, signal);
  hop.statusCode = response.statusCode;
  hop.responseHeaders = response.rawHeaders;
  timer.enter('transfer');
  return { ...response, certificate };
}

async function connect(
  { url, ipVersion = 'either', httpVersion = 'auto' }: HttpRequest,
  context: ProtocolContext,
  { timer, trace, families }: Recording,
  hop: TracedHop,
  signal: AbortSignal,
): Promise<Connected> {
  const tls = url.protocol === 'https:';
  const port = url.port === '' ? (tls ? 443 : 80) : Number(url.port);
  const seen: Seen = { addresses: [], certificate: null };
  try {
    const socket = await guardedConnect({
      hostname: url.hostname,
      port,
      secureContext: tls ? context.secureContext : null,
      guard: context.guard,
      resolve: context.resolve,
      ipVersion,
      alpnProtocols: httpVersion === 'auto' ? ['h2', 'http/1.1'] : ['http/1.1'],
      attemptTimeoutMs: families.attemptTimeoutMs,
      signal,
      onPhase: (phase) => timer.enter(phase),
      onAddresses: (addresses) => {
        seen.addresses = addresses;
      },
      onCertificate: (certificate) => {
        seen.certificate = context.certificates.read(certificate);
        noteCertificate(trace, seen.certificate, null);
      },
    });
    hop.address = socket.remoteAddress ?? null;
    // Nobody has given localhost its two addresses: that one of them is dead is nobody's fault.
    if (hop.address !== null && !isLocalhost(url.hostname))
      families.connected(seen.addresses, hop.address, port);
    if (socket instanceof TLSSocket) hop.tlsVersion = socket.getProtocol();
    const failure = seen.certificate && invalidNow(seen.certificate, context.nowMs());
    if (failure === null) return { socket, certificate: seen.certificate };
    socket.destroy();
    noteCertificate(trace, seen.certificate, failure);
    throw failure;
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    hop.address = error.phase === 'dns' ? null : error.address;
    if (seen.certificate !== null) assertOwnClockRight(error.code, seen.certificate, context.nowMs());
    const failure = failureOfConnect(error, url.hostname, port);
    noteCertificate(trace, seen.certificate, failure);
    throw failure ?? error;
  }
}

/** What was shown stays with the check, and what is wrong with it, trusted or not. */
function noteCertificate(
  trace: ExchangeTrace,
  shown: ShownCertificate | null,
  failure: CheckFailure | null,
): void {
  trace.certificate = () => shown && { ...shown.record, problem: failure?.message ?? null };
}
