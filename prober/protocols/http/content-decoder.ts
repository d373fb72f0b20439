import type { Duplex } from 'node:stream';
import {
  brotliDecompressSync,
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
  gunzipSync,
  inflateSync,
  zstdDecompressSync,
} from 'node:zlib';

/** A zstd frame may ask for a window of 128 MiB; RFC 8878 recommends to support 8 MiB. */
const ZSTD_WINDOW_LOG_MAX = 23;
const ZSTD = { params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG_MAX } };

/** What a Content-Encoding lists, last applied first (RFC 9110, 8.4). */
export function codingsOf(contentEncoding: string | undefined): string[] {
  return (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity')
    .reverse();
}

/** Undoes one coding as the body comes; null for one that nobody asked for. */
export function decoderOf(coding: string): Duplex | null {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return createZstdDecompress(ZSTD);
    default:
      return null;
  }
}

/**
 * Undoes one coding of the beginning of a body; null for a coding that nobody asked for.
 *
 * @throws zlib's error where the bytes are not so encoded, or become more than `most` bytes
 */
export function decodeAtOnce(coding: string, bytes: Buffer, most: number): Buffer | null {
  const options = { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH }; // it may break off anywhere
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return gunzipSync(bytes, options);
    case 'deflate':
      return inflateSync(bytes, options);
    case 'br':
      return brotliDecompressSync(bytes, { ...options, finishFlush: constants.BROTLI_OPERATION_FLUSH });
    case 'zstd':
      return zstdDecompressSync(bytes, { ...options, ...ZSTD, finishFlush: constants.ZSTD_e_flush });
    default:
      return null;
  }
}
