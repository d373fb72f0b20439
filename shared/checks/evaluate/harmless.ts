/** Of marks that stand above or below a letter, this many in a row are shown: no language needs more. */
const MOST_MARKS = 4;

const HARMFUL = new RegExp(
  `[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}\\p{Noncharacter_Code_Point}]|(?<=\\p{M}{${MOST_MARKS}})\\p{M}`,
  'gu',
);

/**
 * What a target said, made fit for a sentence: control characters (those of terminals too), what turns the direction of
 * text, what is invisible, and halves of surrogate pairs are written out, the ends of lines and tabs as signs; towers of
 * accents end; anything longer than `most` characters is cut, between two characters.
 */
export function harmless(text: string, most = 120): string {
  const cut = text.length > most ? `${text.slice(0, endOf(text, most))}…` : text;
  return cut
    .replace(/\r\n?|\n/g, '↵')
    .replaceAll('\t', '⇥')
    .replace(HARMFUL, (character) => {
      const hex = (character.codePointAt(0) ?? 0).toString(16);
      return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
    });
}

/** Where to cut: not in the middle of a surrogate pair. */
const endOf = (text: string, most: number) => ((text.codePointAt(most - 1) ?? 0) > 0xffff ? most - 1 : most);
