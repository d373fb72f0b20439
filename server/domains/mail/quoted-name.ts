/** Marks that change the direction of what follows: a name may be read from the right, the rest of the mail not. */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const ZERO_WIDTH_SPACE = '\u200b';
const MOST_SIGNS = 80;

/**
 * What somebody calls themselves or their organization, as it stands in a mail: on one line, in quotation marks, and nothing
 * that a mail program would make a link of, since whoever invites chooses both the name and who reads it.
 */
export function quotedName(name: string): string {
  const line = name
    .replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(DIRECTIONS, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const signs = [...line];
  const short = signs.length > MOST_SIGNS ? `${signs.slice(0, MOST_SIGNS - 1).join('')}…` : line;
  return `“${short.replaceAll(/([.:@/])(?=\S)/g, `$1${ZERO_WIDTH_SPACE}`)}”`;
}
