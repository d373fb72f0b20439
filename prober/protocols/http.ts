import { isUtf8 } from 'node:buffer';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import type { CheckSpec } from '../../shared/checks/check-spec.ts';
import { evaluateAssertions, needsBody } from '../../shared/checks/evaluate/evaluate-assertions.ts';
import { parseHttpTarget } from '../../shared/checks/http-target.ts';
import { ConnectError, guardedConnect } from '../../shared/network/guarded-connect.ts';
import { CheckFailure } from './check-failure.ts';
import { failureOfConnect, failureOfExchange } from './http-failure.ts';
import type { PhaseTimer } from './phase-timer.ts';
import type { Holds, ProtocolContext } from './protocol.ts';
import { readBody } from './read-body.ts';

const USER_AGENT = 'StatusWatch/1 (uptime check)';
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_REDIRECTS = 10;
/** 100 Continue, 103 Early Hints: a handful. A flood of them would keep the prober busy until the deadline. */
const MAX_INTERIM_RESPONSES = 20;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** What of a monitor's own headers goes along to another origin: nothing that could be a credential. */
const HARMLESS_HEADERS = new Set(['accept', 'accept-language', 'user-agent', 'content-type']);

/** What describes a body goes with the body (Fetch standard, "request-body-header name"). */
const BODY_HEADERS = new Set(['content-encoding', 'content-language', 'content-location', 'content-type']);

/** One request of a chain of redirects. */
type Hop = { url: URL; method: string; headers: Record<string, string>; body: string | null };

/** Sends the monitor's request, follows redirects, and judges the last response by the monitor's assertions. */
export async function checkHttp(
  spec: CheckSpec,
  context: ProtocolContext,
  timer: PhaseTimer,
  signal: AbortSignal,
): Promise<Holds> {
  const startedAt = performance.now();
  const { method, headers, body, followRedirects } = spec.http;
  let hop: Hop = { url: new URL(spec.target), method, headers, body };
  for (let redirects = 0; ; redirects++) {
    const response = await exchange(hop, context, timer, signal);
    const statusCode = response.statusCode ?? 0;
    const { location } = response.headers;
    if (!followRedirects || !REDIRECTS.has(statusCode) || location === undefined) {
      const answered = await readBody(response, needsBody(spec.assertions));
      const totalMs = performance.now() - startedAt;
      const failure = evaluateAssertions(spec.assertions, {
        statusCode,
        headers: response.headers,
        body: answered,
        totalMs,
      });
      if (failure !== null) throw new CheckFailure(failure.code, failure.reason, statusCode);
      return { statusCode };
    }
    response.destroy();
    if (redirects === MAX_REDIRECTS) {
      throw new CheckFailure('too_many_redirects', `More than ${MAX_REDIRECTS} redirects.`, statusCode);
    }
    hop = redirected(hop, location, statusCode);
  }
}

/** The next request of the chain, as browsers make it (Fetch standard, "HTTP-redirect fetch"). */
function redirected(hop: Hop, location: string, statusCode: number): Hop {
  const refuse = (sentence: string) =>
    new CheckFailure('redirect_invalid', `Redirected badly: ${sentence}`, statusCode);
  const address = textOfHeader(location);
  if (!URL.canParse(address, hop.url)) throw refuse('the Location header is not an address.');
  const parsed = parseHttpTarget(new URL(address, hop.url).href);
  if (!parsed.ok) throw refuse(parsed.sentence);
  const url = new URL(parsed.target);
  const headers =
    url.origin === hop.url.origin
      ? hop.headers
      : headersWhere(hop.headers, (name) => HARMLESS_HEADERS.has(name));
  const becomesGet =
    (statusCode === 303 && hop.method !== 'HEAD') ||
    ((statusCode === 301 || statusCode === 302) && hop.method === 'POST');
  if (!becomesGet) return { ...hop, url, headers };
  return {
    url,
    method: 'GET',
    headers: headersWhere(headers, (name) => !BODY_HEADERS.has(name)),
    body: null,
  };
}

const headersWhere = (headers: Record<string, string>, keep: (lowerCaseName: string) => boolean) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => keep(name.toLowerCase())));

/** Node reads headers as Latin-1; servers that write other letters into Location mean UTF-8, as browsers take it. */
function textOfHeader(value: string): string {
  const bytes = Buffer.from(value, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : value;
}

async function exchange(
  hop: Hop,
  context: ProtocolContext,
  timer: PhaseTimer,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { url } = hop;
  const tls = url.protocol === 'https:';
  const port = url.port === '' ? (tls ? 443 : 80) : Number(url.port);
  let socket: Socket;
  try {
    socket = await guardedConnect({
      hostname: url.hostname,
      port,
      secureContext: tls ? context.secureContext : null,
      guard: context.guard,
      resolve: context.resolve,
      signal,
      onPhase: (phase) => timer.enter(phase),
    });
  } catch (error) {
    throw error instanceof ConnectError ? (failureOfConnect(error, url.hostname, port) ?? error) : error;
  }
  timer.enter('firstByte');
  const response = await send(hop, socket, signal);
  timer.enter('transfer');
  return response;
}

function send(hop: Hop, socket: Socket, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((done, fail) => {
    // The deadline holds for the body too: the listener goes when the socket does.
    const abort = () => {
      fail(signal.reason);
      socket.destroy();
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.once('close', () => signal.removeEventListener('abort', abort));
    const outgoing: ClientRequest = request({
      createConnection: () => socket,
      method: hop.method,
      path: `${hop.url.pathname}${hop.url.search}`,
      headers: headersOf(hop),
      maxHeaderSize: MAX_HEADER_BYTES,
    });
    let response: IncomingMessage | undefined;
    outgoing.once('response', (begun) => {
      response = begun;
      done(begun);
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
    outgoing.end(hop.body ?? undefined);
  });
}

/** Names and values in turn, the form that `node:http` writes out as it is. */
function headersOf({ url, headers, body, method }: Hop): string[] {
  const given = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const all = ['Host', url.host, 'Connection', 'close'];
  if (!given.has('user-agent')) all.push('User-Agent', USER_AGENT);
  if (!given.has('accept')) all.push('Accept', '*/*');
  if (!given.has('accept-encoding')) all.push('Accept-Encoding', 'gzip, br, zstd'); // not deflate: servers disagree on what it is
  for (const [name, value] of Object.entries(headers)) all.push(name, value);
  if (body !== null) all.push('Content-Length', String(Buffer.byteLength(body)));
  else if (method === 'POST' || method === 'PUT' || method === 'PATCH') all.push('Content-Length', '0');
  return all;
}
