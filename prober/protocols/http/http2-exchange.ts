import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type IncomingHttpHeaders,
} from 'node:http2';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { TracedHop } from '../../trace/exchange-trace.ts';
import { CheckFailure } from '../check-failure.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';
import { failureOfHttp2, failureOfReset } from './http2-failure.ts';

const MAX_HEADER_BYTES = 16 * 1024;
/** 103 Early Hints: a handful. A flood of them would keep the prober busy until the deadline. */
const MAX_INTERIM_RESPONSES = 20;
/** Frames that carry nothing (PING, SETTINGS, WINDOW_UPDATE, unknown ones) can go on for ever: of all bytes so many are read. */
const MAX_WIRE_BYTES = 4 * 1024 * 1024;
const LOOK_EVERY_MS = 100;

const OPTIONS = {
  settings: { enablePush: false, maxHeaderListSize: MAX_HEADER_BYTES },
  maxHeaderListPairs: MAX_HEADER_BYTES / 6, // `a: b` and its end of line: that many would be too long as well
  maxReservedRemoteStreams: 0,
  maxSessionMemory: 4,
  maxOutstandingPings: 1,
};

/** What RFC 9113, 8.2.2 forbids: it belongs to a connection, and HTTP/2 says it otherwise. */
const OF_A_CONNECTION = new Set([
  'connection',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Sends a request over a connection of its own on which HTTP/2 was agreed. The deadline of `signal` holds for the body of the
 * response too.
 *
 * @throws CheckFailure when what comes is no response; Http11Required
 */
export function sendHttp2(
  request: HttpRequest,
  socket: Socket,
  hop: TracedHop,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const headers = headersOf(request);
  hop.httpVersion = '2';
  hop.requestHeaders = headers;
  const conversation = new Conversation(socket, request.url, signal);
  return conversation.ask(headers, request.body);
}

/** A session of one stream. Whatever becomes of either is told once, to who waits for the response or reads its body. */
class Conversation {
  readonly #socket: Socket;
  readonly #signal: AbortSignal;
  readonly #session: ClientHttp2Session;
  readonly #answer = Promise.withResolvers<HttpResponse>();
  readonly #watch: NodeJS.Timeout;
  #body: Readable | undefined;
  #interim = 0;
  #isOver = false;

  constructor(socket: Socket, url: URL, signal: AbortSignal) {
    this.#socket = socket;
    this.#signal = signal;
    this.#session = connect(url.origin, { ...OPTIONS, createConnection: () => socket });
    this.#session.on('error', (error) => this.#fail(failureOfHttp2(error)));
    this.#session.once('close', () => this.#fail(failureOfReset(constants.NGHTTP2_NO_ERROR)));
    signal.addEventListener('abort', this.#abort, { once: true });
    this.#watch = setInterval(() => {
      if (socket.bytesRead > MAX_WIRE_BYTES)
        this.#fail(invalid('The server sends without end, and no response.'));
    }, LOOK_EVERY_MS);
  }

  ask(headers: readonly string[], body: string | null): Promise<HttpResponse> {
    try {
      const stream = this.#session.request([...headers], { endStream: body === null });
      this.#listen(stream);
      if (body !== null) stream.end(body);
    } catch (error) {
      this.#fail(failureOfHttp2(error)); // the connection is gone already
    }
    return this.#answer.promise;
  }

  #listen(stream: ClientHttp2Stream): void {
    this.#session.once('goaway', (code, lastStreamId) => {
      if (lastStreamId < (stream.id ?? 1)) this.#fail(failureOfReset(code));
    });
    stream.on('headers', (_headers, _flags, rawHeaders) => {
      this.#interim += 1;
      if (this.#interim > MAX_INTERIM_RESPONSES)
        this.#fail(invalid('The server sent nothing but interim (1xx) responses.'));
      this.#limit(rawHeaders);
    });
    stream.once('response', (headers, _flags, rawHeaders) => this.#begin(stream, headers, rawHeaders));
    stream.on('error', (error) => this.#fail(failureOfHttp2(error, stream.rstCode)));
    stream.once('aborted', () => this.#fail(failureOfReset(stream.rstCode ?? constants.NGHTTP2_NO_ERROR)));
    stream.once('close', () => this.#fail(failureOfReset(stream.rstCode ?? constants.NGHTTP2_NO_ERROR)));
  }

  #begin(stream: ClientHttp2Stream, headers: IncomingHttpHeaders, rawHeaders: string[]): void {
    this.#limit(rawHeaders);
    if (this.#isOver) return;
    const { ':status': status, ...named } = headers;
    const body = new Readable({
      // While a stream stands still Node does not see its end, and takes a connection that is closed then for a loss.
      highWaterMark: MAX_WIRE_BYTES,
      read: () => void stream.resume(),
      destroy: (error, destroyed) => {
        this.#end();
        destroyed(error);
      },
    });
    this.#body = body;
    stream.on('data', (chunk: Buffer) => {
      if (!body.push(chunk)) stream.pause();
    });
    const isWhole = watchEnd(stream);
    stream.once('end', () => {
      if (!isWhole()) this.#fail(failureOfReset(stream.rstCode ?? constants.NGHTTP2_NO_ERROR));
      if (!this.#isOver) body.push(null);
    });
    this.#answer.resolve({
      httpVersion: '2',
      statusCode: Number(status),
      headers: named,
      rawHeaders: withoutPseudo(rawHeaders),
      body,
    });
  }

  #limit(rawHeaders: readonly string[]): void {
    const bytes = rawHeaders.reduce((sum, text) => sum + text.length + 2, 0); // as HTTP/1.1 would write them
    if (bytes > MAX_HEADER_BYTES)
      this.#fail(new CheckFailure('headers_too_large', 'The response has more than 16 KiB of headers.'));
  }

  readonly #abort = () => this.#fail(this.#signal.reason);

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#answer.reject(error);
    this.#end();
    this.#body?.destroy(error instanceof Error ? error : new Error(String(error)));
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#watch);
    this.#signal.removeEventListener('abort', this.#abort);
    this.#session.destroy();
    this.#socket.destroy();
  }
}

/**
 * Node ends the readable side of a stream that was cut off just as it ends one that is whole. But it ends a whole one when its
 * end has come, and only then closes the stream.
 */
function watchEnd(stream: ClientHttp2Stream): () => boolean {
  const push = stream.push.bind(stream);
  let isWhole: boolean | undefined;
  stream.push = (chunk, encoding) => {
    if (chunk === null) isWhole ??= !stream.closed && !stream.destroyed; // it may be told again when all is let go
    return push(chunk, encoding);
  };
  return () => isWhole !== false;
}

const invalid = (sentence: string) => new CheckFailure('invalid_response', sentence);

function withoutPseudo(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    if (!rawHeaders[at]?.startsWith(':')) kept.push(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  }
  return kept;
}

/** Names in lower case and values in turn, the pseudo-headers first (RFC 9113, 8.3). */
function headersOf({ method, url, headers, body }: HttpRequest): string[] {
  const all = [
    ':method',
    method,
    ':scheme',
    'https',
    ':authority',
    url.host,
    ':path',
    `${url.pathname}${url.search}`,
  ];
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = (headers[at] ?? '').toLowerCase();
    // Without blanks around, which HTTP/1.1 leaves out when it reads them and HTTP/2 refuses (RFC 9113, 8.2.1).
    if (!OF_A_CONNECTION.has(name)) all.push(name, (headers[at + 1] ?? '').replace(/^[ \t]+|[ \t]+$/g, ''));
  }
  if (body !== null) all.push('content-length', String(Buffer.byteLength(body)));
  return all;
}
