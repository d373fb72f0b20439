import type { Duplex, Readable } from 'node:stream';
import type { Body } from '../../../shared/checks/evaluate/exchange.ts';
import { bodyText } from '../../trace/body-text.ts';
import type { ExchangeTrace } from '../../trace/exchange-trace.ts';
import { CheckFailure } from '../check-failure.ts';
import { codingsOf, decoderOf } from './content-decoder.ts';
import type { HttpResponse } from './http-message.ts';

/** Of a body this much is read, after decompression: a megabyte of gzip can hold a gigabyte of zeros. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** Compressed data can also go on for ever and hold nothing. */
const MAX_WIRE_BYTES = 2 * MAX_BODY_BYTES;

/**
 * Reads a response to its end, or to 1 MiB; `trace` keeps the beginning. Null unless `wanted`: then nothing is decompressed.
 *
 * @throws CheckFailure `body_incomplete` or `body_undecodable`
 */
export async function readBody(
  response: HttpResponse,
  wanted: boolean,
  trace: ExchangeTrace,
): Promise<Body | null> {
  trace.beginBody(response.headers['content-encoding']);
  // Head and broken body may come in one piece: then it has ended already, and would say nothing more.
  const { errored } = response.body;
  if (errored) throw failureOfBody(errored, response);
  return wanted ? readText(response, trace) : drain(response, trace);
}

function drain(response: HttpResponse, trace: ExchangeTrace): Promise<null> {
  const { body } = response;
  return new Promise((done, fail) => {
    let bytes = 0;
    body.on('data', (chunk: Buffer) => {
      trace.keepBody(chunk);
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) return;
      done(null);
      body.destroy();
    });
    body.once('end', () => {
      trace.endBody();
      done(null);
    });
    body.once('error', (error) => fail(failureOfBody(error, response)));
  });
}

function readText(response: HttpResponse, trace: ExchangeTrace): Promise<Body> {
  const { body, headers } = response;
  return new Promise((done, fail) => {
    const decoders = decodersFor(response);
    const chunks: Buffer[] = [];
    let bytes = 0;
    let wireBytes = 0;
    const letGo = () => {
      for (const stream of [body, ...decoders]) stream.destroy();
    };
    const finish = (isWhole: boolean) => {
      done({ text: bodyText(Buffer.concat(chunks), headers['content-type']), isWhole });
      letGo();
    };
    body.once('error', (error) => {
      fail(failureOfBody(error, response));
      letGo();
    });
    for (const decoder of decoders) {
      decoder.once('error', () => {
        const sentence = `The body is not valid ${headers['content-encoding']}, as its header says.`;
        fail(new CheckFailure('body_undecodable', sentence, response.statusCode));
        letGo();
      });
    }
    const source = decoders.reduce<Readable>((from, decoder) => from.pipe(decoder), body);
    body.on('data', (chunk: Buffer) => {
      trace.keepBody(chunk);
      wireBytes += chunk.length;
      if (wireBytes > MAX_WIRE_BYTES) finish(false);
    });
    source.on('data', (chunk: Buffer) => {
      chunks.push(bytes + chunk.length > MAX_BODY_BYTES ? chunk.subarray(0, MAX_BODY_BYTES - bytes) : chunk);
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) finish(false);
    });
    body.once('end', () => {
      trace.endBody();
      // The answer to a HEAD, a 204, a 304: an encoding, and nothing that is encoded.
      if (wireBytes === 0) finish(true);
    });
    source.once('end', () => finish(true));
  });
}

function failureOfBody(error: Error, { statusCode }: HttpResponse): CheckFailure {
  // The loss of a connection is a loss of the rest; anything else says more than that.
  if (error instanceof CheckFailure && error.code !== 'connect_reset') {
    return new CheckFailure(error.code, error.message, statusCode);
  }
  return new CheckFailure(
    'body_incomplete',
    'The connection was closed before the whole body had come.',
    statusCode,
  );
}

/** More than two codings are refused. */
function decodersFor({ body, headers, statusCode }: HttpResponse): Duplex[] {
  const codings = codingsOf(headers['content-encoding']);
  const refuse = (sentence: string): never => {
    body.destroy();
    throw new CheckFailure('body_undecodable', sentence, statusCode);
  };
  if (codings.length > 2) refuse('The body is encoded more than twice over.');
  return codings.map(
    (coding) => decoderOf(coding) ?? refuse('The body has a content encoding that was not asked for.'),
  );
}
