/**
 * The forms in which a server that repeats what it got may show a secret: as it is, read in another charset, with the spaces of
 * a form, and as Base64, by itself or amid a longer text. What escapes do to it is undone in the text (`unescapedViews`).
 */
export function formsOf(secret: string): Set<string> {
  const trimmed = secret.trim();
  if (trimmed === '') return new Set();
  const spellings = [secret, trimmed].flatMap((text) => [text, ...misread(text)]);
  return new Set([
    ...spellings,
    ...spellings.map((text) => text.replaceAll(' ', '+')),
    ...[secret, trimmed, encodeURIComponent(secret.toWellFormed())].flatMap((text) => [
      ...base64(Buffer.from(text, 'utf8')),
      ...base64(Buffer.from(text, 'latin1')),
    ]),
  ]);
}

/** Node writes and reads headers as Latin-1, most others as UTF-8. */
function misread(text: string): string[] {
  return [Buffer.from(text, 'latin1').toString('utf8'), Buffer.from(text, 'utf8').toString('latin1')];
}

/** Alone; and, from six bytes on, the part that is the same whatever stands around it: at three offsets, its edges left out. */
function base64(bytes: Buffer): string[] {
  const alone = bytes.toString('base64');
  const forms = [alone, alone.replace(/=+$/, '')];
  if (bytes.length >= 6) {
    for (const before of [0, 1, 2]) {
      const padded = Buffer.concat([Buffer.alloc(before), bytes]);
      const from = Math.ceil((before * 8) / 6);
      forms.push(padded.toString('base64').slice(from, Math.floor((padded.length * 8) / 6)));
    }
  }
  return forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}
