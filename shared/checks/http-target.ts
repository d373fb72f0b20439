import type { ErrorReason } from '../error-reason.ts';

/** Ports that no browser fetches either (Fetch standard, "bad port"): other protocols live there. */
const BAD_PORTS = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

export type ParsedTarget =
  | { ok: true; target: string }
  | { ok: false; reason: Extract<ErrorReason, 'invalid_input' | 'target_not_allowed'>; sentence: string };

/**
 * Reads the address of an `http` monitor, as WHATWG `URL` normalizes it, and says in a sentence what is wrong with any
 * other. Whether the host may be reached is the target guard's to say.
 */
export function parseHttpTarget(typed: string): ParsedTarget {
  const refuse = (sentence: string): ParsedTarget => ({ ok: false, reason: 'invalid_input', sentence });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u0020\u007f-\u009f\\]/.test(typed)) {
    return refuse('An address has no spaces, backslashes or control characters in it.');
  }
  if (!/^https?:\/\//i.test(typed))
    return refuse('An address begins with https:// or http://, such as https://example.com.');
  if (!URL.canParse(typed)) return refuse('This is not an address. It looks like https://example.com/path.');
  const url = new URL(typed);
  if (url.username !== '' || url.password !== '' || /^https?:\/\/[^/?#]*@/i.test(typed)) {
    return refuse('Leave user name and password out of the address; give them as authentication instead.');
  }
  if (url.port !== '' && (url.port === '0' || BAD_PORTS.has(Number(url.port)))) {
    return {
      ok: false,
      reason: 'target_not_allowed',
      sentence: `Port ${url.port} belongs to another protocol than HTTP; it cannot be checked with one.`,
    };
  }
  url.hash = '';
  return { ok: true, target: url.href };
}

/** What a person typed into an address field, with https:// put before it when no scheme is there. */
export function httpTargetFromTyped(typed: string): string {
  const text = typed.trim();
  return text === '' || /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
}
