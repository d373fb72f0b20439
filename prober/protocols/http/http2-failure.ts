import { constants } from 'node:http2';
import { harmless } from '../../../shared/checks/evaluate/harmless.ts';
import { CheckFailure } from '../check-failure.ts';
import { failureOfExchange } from './http-failure.ts';

/** What RFC 9113, 7 calls the error codes, each at its number. */
const CODES = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
];

/** The server wants this request with HTTP/1.1 (RFC 9113, 7): Windows does so for some ways to sign in. */
export class Http11Required extends Error {
  override name = 'Http11Required';
}

/** What an error of the session or its stream says; the error itself where no target can cause it. */
export function failureOfHttp2(error: unknown, rstCode: number | undefined = 0): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_HTTP2_STREAM_ERROR') return failureOfReset(rstCode);
  if (code === 'ERR_HTTP2_SESSION_ERROR') {
    const said = Number(/\d+$/.exec(error instanceof Error ? error.message : '')?.[0]);
    return failureOfReset(Number.isNaN(said) ? constants.NGHTTP2_INTERNAL_ERROR : said);
  }
  if (code === 'ERR_HTTP2_INVALID_SESSION' || code === 'ERR_HTTP2_GOAWAY_SESSION') return failureOfReset(0);
  if (code.startsWith('ERR_HTTP2_')) {
    const words = harmless(error instanceof Error ? error.message : code, 80).replace(/\.$/, '');
    return new CheckFailure('invalid_response', `The answer is not HTTP/2 (${words}).`);
  }
  return failureOfExchange(error) ?? error;
}

/** What it means that the stream or its session was closed with this code before the response was whole. */
export function failureOfReset(rstCode: number): Error {
  if (rstCode === constants.NGHTTP2_HTTP_1_1_REQUIRED) return new Http11Required();
  const name = CODES[rstCode] ?? `code ${rstCode}`;
  switch (rstCode) {
    case constants.NGHTTP2_NO_ERROR:
    case constants.NGHTTP2_CANCEL: // so Node names a connection that was closed
      return new CheckFailure('connect_reset', 'The connection was closed before a response came.');
    case constants.NGHTTP2_PROTOCOL_ERROR:
    case constants.NGHTTP2_FLOW_CONTROL_ERROR:
    case constants.NGHTTP2_FRAME_SIZE_ERROR:
    case constants.NGHTTP2_COMPRESSION_ERROR:
      return new CheckFailure('invalid_response', `The answer is not HTTP/2 (${name}).`);
    case constants.NGHTTP2_ENHANCE_YOUR_CALM: // ours, where the headers are too many, or the server's
      return new CheckFailure('invalid_response', `Too much for one response was sent (${name}).`);
    default:
      return new CheckFailure('connect_reset', `The server refused the request with HTTP/2's ${name}.`);
  }
}
