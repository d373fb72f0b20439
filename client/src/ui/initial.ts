/** The first letter of a name, for the round sign before it: a whole character, and of marks upon it only what is one with it. */
export function initialOf(name: string): string {
  const [first = ''] = name.normalize('NFC').trim();
  return first.toUpperCase();
}
