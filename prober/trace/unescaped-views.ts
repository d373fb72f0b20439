/** A text with escapes undone: `from[i]` is where its character `i` begins in the text itself; one more entry for its end. */
export type View = { text: string; from: Uint32Array };

type Escaping = { pattern: RegExp; meaningOf: (escaped: string) => string };

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const IN_JSON: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Each by itself: what one of them leaves alone another may take for its own. */
const ESCAPINGS: readonly Escaping[] = [
  {
    // One character in UTF-8; or one byte, which is a character in Latin-1.
    pattern:
      /%(?:[0-7][0-9a-f]|c[2-9a-f]%[89ab][0-9a-f]|d[0-9a-f]%[89ab][0-9a-f]|e[0-9a-f](?:%[89ab][0-9a-f]){2}|f[0-4](?:%[89ab][0-9a-f]){3}|[0-9a-f]{2})/gi,
    meaningOf(escaped) {
      const bytes = Buffer.from(escaped.replaceAll('%', ''), 'hex');
      return bytes.toString(bytes.length === 1 ? 'latin1' : 'utf8');
    },
  },
  {
    pattern: /&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});/gi,
    meaningOf(escaped) {
      const name = escaped.slice(1, -1).toLowerCase();
      if (!name.startsWith('#')) return NAMED[name] ?? '';
      const point = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
    },
  },
  {
    pattern: /\\(?:u[0-9a-f]{4}|["'\\/bfnrt])/gi,
    meaningOf: (escaped) =>
      escaped.length === 6
        ? String.fromCharCode(Number.parseInt(escaped.slice(2), 16))
        : (IN_JSON[escaped.slice(1)] ?? escaped.slice(1)),
  },
];

/** An escape that the end of a text has cut in two. */
export const CUT_ESCAPE = /(?:%[0-9a-f]?|&[#a-z0-9]{0,8}|\\(?:u[0-9a-f]{0,3})?)$/i;

/** The text itself, then without the escapes of each kind, then without those that were within them. */
export function* unescapedViews(text: string): Generator<View> {
  const whole = { text, from: Uint32Array.from({ length: text.length + 1 }, (_, index) => index) };
  yield whole;
  for (const outer of ESCAPINGS) {
    const view = unescaped(whole, outer);
    if (view === null) continue;
    yield view;
    for (const inner of ESCAPINGS) {
      const within = unescaped(view, inner);
      if (within !== null) yield within;
    }
  }
}

/** Null where there is nothing to undo. */
function unescaped({ text, from }: View, { pattern, meaningOf }: Escaping): View | null {
  let written = '';
  let done = 0;
  const begins = new Uint32Array(text.length + 1); // an escape is never shorter than what it means
  const copyUpTo = (end: number) => {
    begins.set(from.subarray(done, end), written.length);
    written += text.slice(done, end);
  };
  for (const { 0: escaped, index: at } of text.matchAll(pattern)) {
    copyUpTo(at);
    const meaning = meaningOf(escaped);
    begins.fill(from[at] ?? 0, written.length, written.length + meaning.length);
    written += meaning;
    done = at + escaped.length;
  }
  if (done === 0) return null;
  copyUpTo(text.length);
  begins[written.length] = from[text.length] ?? 0;
  return { text: written, from: begins };
}
