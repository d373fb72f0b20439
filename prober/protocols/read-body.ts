import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from 'node:zlib';
import type { Body } from '../../shared/checks/evaluate/evaluate-assertions.ts';
import { CheckFailure } from './check-failure.ts';

/** Of a body this much is read, after decompression: a megabyte of gzip can hold a gigabyte of zeros. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** Compressed data can also go on for ever and hold nothing. */
const MAX_WIRE_BYTES = 2 * MAX_BODY_BYTES;

/** A zstd frame may ask for a window of 128 MiB; RFC 8878 recommends to support 8 MiB. */
const ZSTD_WINDOW_LOG_MAX = 23;

/**
 * Reads a response to its end, or to 1 MiB. Null unless `wanted`: then nothing is kept and nothing decompressed.
 *
 * @throws CheckFailure `body_incomplete` or `body_undecodable`
 */
export async function readBody(response: IncomingMessage, wanted: boolean): Promise<Body | null> {
  // Head and broken body may come in one piece: then it has ended already, and would say nothing more.
  if (response.errored !== null) throw failureOfBody(response.errored, response);
  return wanted ? readText(response) : drain(response);
}

function drain(response: IncomingMessage): Promise<null> {
  return new Promise((done, fail) => {
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) return;
      done(null);
      response.destroy();
    });
    response.once('end', () => done(null));
    response.once('error', (error) => fail(failureOfBody(error, response)));
  });
}

function readText(response: IncomingMessage): Promise<Body> {
  return new Promise((done, fail) => {
    const decoders = decodersFor(response);
    const chunks: Buffer[] = [];
    let bytes = 0;
    let wireBytes = 0;
    const letGo = () => {
      for (const stream of [response, ...decoders]) stream.destroy();
    };
    const finish = (isWhole: boolean) => {
      done({ text: textOf(Buffer.concat(chunks), response.headers['content-type']), isWhole });
      letGo();
    };
    response.once('error', (error) => {
      fail(failureOfBody(error, response));
      letGo();
    });
    for (const decoder of decoders) {
      decoder.once('error', () => {
        const sentence = `The body is not valid ${response.headers['content-encoding']}, as its header says.`;
        fail(new CheckFailure('body_undecodable', sentence, response.statusCode ?? null));
        letGo();
      });
    }
    const source = decoders.reduce<NodeJS.ReadableStream>((from, decoder) => from.pipe(decoder), response);
    source.on('data', (chunk: Buffer) => {
      chunks.push(bytes + chunk.length > MAX_BODY_BYTES ? chunk.subarray(0, MAX_BODY_BYTES - bytes) : chunk);
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) finish(false);
    });
    if (decoders.length > 0) {
      response.on('data', (chunk: Buffer) => {
        wireBytes += chunk.length;
        if (wireBytes > MAX_WIRE_BYTES) finish(false);
      });
      // The answer to a HEAD, a 204, a 304: an encoding, and nothing that is encoded.
      response.once('end', () => {
        if (wireBytes === 0) finish(true);
      });
    }
    source.once('end', () => finish(true));
  });
}

function failureOfBody(error: Error, { statusCode = null }: { statusCode?: number | null }): CheckFailure {
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

/** RFC 9110, 8.4: codings are listed in the order they were applied. More than two are refused. */
function decodersFor(response: IncomingMessage): Duplex[] {
  const codings = (response.headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  const refuse = (sentence: string): never => {
    response.destroy();
    throw new CheckFailure('body_undecodable', sentence, response.statusCode ?? null);
  };
  if (codings.length > 2) refuse('The body is encoded more than twice over.');
  return codings.reverse().map((coding) => {
    switch (coding) {
      case 'gzip':
      case 'x-gzip':
        return createGunzip();
      case 'deflate':
        return createInflate();
      case 'br':
        return createBrotliDecompress();
      case 'zstd':
        return createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG_MAX } });
      default:
        return refuse('The body has a content encoding that was not asked for.');
    }
  });
}

/** The text of a body, in the charset that its header names; UTF-8 where it names none, or one nobody knows. */
function textOf(body: Buffer, contentType: string | undefined): string {
  const charset = /;\s*charset="?([^\s";]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(body);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return new TextDecoder().decode(body);
  }
}
