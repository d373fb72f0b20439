import { dictionary } from '@zxcvbn-ts/language-common';

/**
 * The commonest passwords, commonest first. The list leaves out what keys and letters in a row make (docs/decisions/0011-passwords.md);
 * with what `isRun` and `isRepetition` know, this many of it are the ten thousand commonest.
 */
const LISTED = 10_400;
/** What is shorter stands in a good password by chance: `4821-7733-ab-Q` is not the password "ab" in disguise. */
const SHORTEST = 4;

const POPULAR = new Set(dictionary['passwords-common'].slice(0, LISTED));
const LONGEST = Math.max(...[...POPULAR].map((password) => password.length));

/** Keys and letters as they stand in a row: the alphabet, then what keyboards have in America, Germany and France. */
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  ...['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890'],
  ...['qwertzuiop', 'yxcvbnm'],
  ...['azertyuiop', 'qsdfghjklm', 'wxcvbn'],
].flatMap((row) => [row, [...row].reverse().join('')]);

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
 * case, with digits and signs before and behind it, with signs for letters, said again. `P@ssw0rd1234!` is "password".
 */
export function isPopularPassword(password: string): boolean {
  const folded = password.normalize('NFKC').toLowerCase();
  if (isPopular(folded)) return true;
  const spelled = folded.replace(/[@4310!$57]/g, (sign) => LETTER_OF[sign] ?? sign);
  const is = (from: number, to: number) =>
    isPopular(folded.slice(from, to)) || isPopular(spelled.slice(from, to));

  // A sign at either end may be dress or a letter: every way to cut is tried, around the first letter and the last.
  const firstLetter = folded.search(/\p{L}/u);
  const tail = folded.length - (/^[^\p{L}]*/u.exec([...folded].reverse().join(''))?.[0].length ?? 0);
  if (tail - firstLetter >= SHORTEST && is(firstLetter, tail)) return true;
  for (let from = Math.max(0, tail - LONGEST); from <= firstLetter; from++) {
    for (let to = Math.max(tail, from + SHORTEST); to <= Math.min(folded.length, from + LONGEST); to++) {
      if (is(from, to)) return true;
    }
  }
  return false;
}

function isPopular(text: string): boolean {
  return POPULAR.has(text) || isRun(text) || isRepetition(text);
}

/** `qwertyui`, `87654321`. */
function isRun(text: string): boolean {
  return text.length >= SHORTEST && ROWS.some((row) => row.includes(text));
}

/** `hahahaha`, `aaaa`, `dragondragon`: something short, or popular by itself, again and again. */
function isRepetition(text: string): boolean {
  const period = (text + text).indexOf(text, 1);
  if (period <= 0 || period === text.length) return false;
  const unit = text.slice(0, period);
  return period <= 4 || POPULAR.has(unit) || isRun(unit);
}
