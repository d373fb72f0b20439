import { isUtf8 } from 'node:buffer';

/** Node reads headers as Latin-1; servers that write other letters into them mean UTF-8, as browsers take it. */
export function headerText(value: string): string {
  const bytes = Buffer.from(value, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : value;
}
