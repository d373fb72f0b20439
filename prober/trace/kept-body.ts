import { KEPT_BODY_BYTES } from '../../shared/checks/exchange-record.ts';
import { codingsOf, decodeAtOnce } from '../protocols/http/content-decoder.ts';
import { bodyText } from './body-text.ts';

/** What the beginning of a body may become when it is decoded: a few bytes can hold a gigabyte. */
const MAX_DECODED_BYTES = 256 * 1024;

/**
 * The text of the beginning of a body, 16 KiB of it at most. What breaks off or is damaged is read as far as that goes; what is
 * encoded in a way nobody asked for is shown as it came.
 *
 * @param about.isWhole whether `wire` is all of the body
 */
export function readKeptBody(
  wire: Buffer,
  about: { isWhole: boolean; contentEncoding: string | undefined; contentType: string | undefined },
): { text: string; isWhole: boolean } {
  let kept = { bytes: wire, isWhole: about.isWhole };
  for (const coding of codingsOf(about.contentEncoding).slice(0, 2)) {
    const decoded = decodeBeginning(coding, kept.bytes);
    if (decoded === null) break;
    kept = { bytes: decoded.bytes, isWhole: kept.isWhole && decoded.isWhole };
  }
  return {
    text: bodyText(kept.bytes.subarray(0, KEPT_BODY_BYTES), about.contentType),
    isWhole: kept.isWhole && kept.bytes.length <= KEPT_BODY_BYTES,
  };
}

/** Where all of it cannot be decoded, half of it is tried, and so on. Null for a coding that nobody asked for. */
function decodeBeginning(coding: string, bytes: Buffer): { bytes: Buffer; isWhole: boolean } | null {
  for (let length = bytes.length; length > 0; length = Math.floor(length / 2)) {
    try {
      const decoded = decodeAtOnce(coding, bytes.subarray(0, length), MAX_DECODED_BYTES);
      return decoded === null ? null : { bytes: decoded, isWhole: length === bytes.length };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error; // zlib's own all have a code
    }
  }
  return { bytes: Buffer.alloc(0), isWhole: bytes.length === 0 };
}
