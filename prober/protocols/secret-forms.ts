/**
 * The forms in which a server that echoes what it got may show a secret: as it is, escaped for a URL, a form, JSON or HTML, read
 * in another charset, and as Base64, by itself or amid a longer text.
 */
export function formsOf(secret: string): Set<string> {
  if (secret === '') return new Set();
  const trimmed = secret.trim();
  const spellings = [secret, trimmed, ...misread(secret), ...misread(trimmed)].filter((text) => text !== '');
  return new Set([
    ...spellings.flatMap(escaped),
    ...[secret, trimmed].flatMap((text) => [
      ...base64(Buffer.from(text, 'utf8')),
      ...base64(Buffer.from(text, 'latin1')),
    ]),
  ]);
}

/** Node writes and reads headers as Latin-1, most others as UTF-8. */
function misread(text: string): string[] {
  return [Buffer.from(text, 'latin1').toString('utf8'), Buffer.from(text, 'utf8').toString('latin1')];
}

function escaped(text: string): string[] {
  const url = encodeURIComponent(text.toWellFormed());
  const everywhere = url.replace(/[!'()*~]/g, hexOf); // as forms are written
  const inJson = JSON.stringify(text).slice(1, -1);
  const inHtml = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [
    text,
    ...[url, everywhere].flatMap((form) => [form, form.replaceAll('%20', '+')]).flatMap(eitherCase),
    inJson,
    inJson.replaceAll('/', '\\/'),
    asciiJson(inJson),
    inHtml,
    inHtml.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    inHtml.replaceAll('"', '&#34;').replaceAll("'", '&#x27;'),
  ];
}

const hexOf = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

const eitherCase = (form: string) => [form, form.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())];

const asciiJson = (inJson: string) =>
  inJson.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Alone; and, from six bytes on, the part that is the same whatever stands around it: at three offsets, its edges left out. */
function base64(bytes: Buffer): string[] {
  const forms = [bytes.toString('base64'), bytes.toString('base64').replace(/=+$/, '')];
  if (bytes.length >= 6) {
    for (const before of [0, 1, 2]) {
      const padded = Buffer.concat([Buffer.alloc(before), bytes]);
      const from = Math.ceil((before * 8) / 6);
      forms.push(padded.toString('base64').slice(from, Math.floor((padded.length * 8) / 6)));
    }
  }
  return forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}
