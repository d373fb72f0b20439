/** AES-256. */
const KEY_BYTES = 32;

const HOW = 'for example from "openssl rand -base64 32"';

export type ReadMonitorKey = { ok: true; keys: Uint8Array[] } | { ok: false; sentence: string };

/**
 * Reads `MONITOR_KEY`: one key or several, 32 bytes each in base64 or base64url, with commas between them. The first seals,
 * all of them open, so that a key can be replaced while what it sealed is still there.
 */
export function readMonitorKey(text: string): ReadMonitorKey {
  const given = text.split(/[\s,]+/).filter((item) => item !== '');
  if (given.length === 0) {
    return {
      ok: false,
      sentence: `MONITOR_KEY is missing: set it to 32 random bytes in base64, ${HOW}, and to the same for server and probers.`,
    };
  }
  const keys: Uint8Array[] = [];
  for (const [index, item] of given.entries()) {
    const key = Buffer.from(item, 'base64');
    const problem = problemOf(item, key);
    const which = given.length === 1 ? 'MONITOR_KEY' : `Key ${index + 1} of MONITOR_KEY`;
    if (problem !== null) return { ok: false, sentence: `${which} ${problem}` };
    keys.push(key);
  }
  return { ok: true, keys };
}

function problemOf(text: string, key: Buffer): string | null {
  if (!/^[\w+/-]+={0,2}$/.test(text)) return `is not base64: use 32 random bytes, ${HOW}.`;
  if (looksMadeUp(text, key)) return `looks like a placeholder: use 32 random bytes, ${HOW}.`;
  if (key.length < KEY_BYTES) return `is too short: use 32 random bytes, ${HOW}.`;
  if (key.length > KEY_BYTES) {
    return `is too long: a key is 32 bytes (44 characters of base64), and between keys stand commas.`;
  }
  return null;
}

/** Random bytes are neither words nor all the same (the odds are below one in 10^13). */
function looksMadeUp(text: string, key: Buffer): boolean {
  const words = /change.?me|example|default|placeholder|monitor.?key/i.test(text);
  const isText = key.every((byte) => byte >= 0x20 && byte < 0x7f);
  return words || (key.length >= KEY_BYTES && (isText || new Set(key).size <= 8));
}
