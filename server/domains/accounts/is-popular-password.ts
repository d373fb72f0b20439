import { dictionary } from '@zxcvbn-ts/language-common';

/** How many of the commonest are refused; the list begins with the commonest. */
const MOST_COMMON = 10_000;
/** What is shorter stands in a good password by chance: `4821-7733-ab-Q` is not the password "ab" in disguise. */
const SHORTEST = 4;

const COMMON = new Set(dictionary['passwords-common'].slice(0, MOST_COMMON));
const LONGEST = Math.max(...[...COMMON].map((password) => password.length));

/** Signs that people write for letters, each one character for one. */
const LETTER_OF: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

/**
 * Whether a password is one of the ten thousand commonest, or one of them dressed up so that it keeps the rules: in other
 * case, with digits and signs before and behind it, with signs for letters. `P@ssw0rd1234!` is "password".
 */
export function isPopularPassword(password: string): boolean {
  const folded = password.normalize('NFKC').toLowerCase();
  if (COMMON.has(folded)) return true;
  const spelled = folded.replace(/[@4310!$57]/g, (sign) => LETTER_OF[sign] ?? sign);
  // A sign at either end may be dress or a letter: every way to cut is tried, between the first letter and the last.
  const firstLetter = folded.search(/\p{L}/u);
  const tail = /[^\p{L}]*$/u.exec(folded)?.index ?? folded.length;
  for (let from = Math.max(0, tail - LONGEST); from <= firstLetter; from++) {
    for (let to = Math.max(tail, from + SHORTEST); to <= Math.min(folded.length, from + LONGEST); to++) {
      if (COMMON.has(folded.slice(from, to)) || COMMON.has(spelled.slice(from, to))) return true;
    }
  }
  return false;
}
