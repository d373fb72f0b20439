import { RE2JS } from 're2js';

/** A step of RE2 took 100 ns at worst (`\pL{1000}`, `(?i)[a-z]{800}`): this is half a second. */
const MOST_STEPS = 5_000_000;

/**
 * Whether a pattern is found in a text. RE2 takes time in proportion to both their sizes, so that of a long text a large
 * pattern sees only the beginning.
 *
 * @returns also how many characters were looked at
 */
export function findPattern(pattern: string, text: string): { found: boolean; lookedAt: number } {
  const compiled = RE2JS.compile(pattern);
  const lookedAt = Math.min(text.length, Math.floor(MOST_STEPS / compiled.programSize()));
  return { found: compiled.matcher(text.slice(0, lookedAt)).find(), lookedAt };
}
