/**
 * How many instructions RE2 will make of a pattern, at most and roughly, without compiling it: `(?:aaaa){1000}` is short, and
 * compiling what 2,000 such characters can say took two seconds and 100 MB. What it sees of `\Q..\E` and of braces that count
 * nothing is an overestimate.
 */
export function patternSize(pattern: string): number {
  const open: { total: number; last: number }[] = [];
  let here = { total: 0, last: 0 };
  const add = (size: number) => {
    here.total += size;
    here.last = size;
  };
  for (const [part] of pattern.matchAll(PARTS)) {
    if (part === '(') {
      open.push(here);
      here = { total: 0, last: 0 };
    } else if (part === ')') {
      const inner = here.total + 2;
      here = open.pop() ?? { total: 0, last: 0 };
      add(inner);
    } else if (part.length > 2 && part.startsWith('{')) {
      const counts = part.match(/\d+/g) ?? [];
      const times = Math.max(1, ...counts.map(Number));
      const repeated = (here.last + 1) * times; // an optional one takes a step more
      here.total += repeated - here.last + part.length;
      here.last = repeated;
    } else if (part !== '*' && part !== '+' && part !== '?') {
      add(1);
    } else {
      here.total += 1;
      here.last += 1;
    }
  }
  return [...open, here].reduce((sum, { total }) => sum + total, 2);
}

/** An escape, a class, a count, or a character. */
const PARTS = /\\(?:[pP]\{[^}]*\}|x\{[^}]*\}|.)|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\{\d+(?:,\d*)?\}|./gs;
