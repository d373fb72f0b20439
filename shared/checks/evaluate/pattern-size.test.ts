import { assert, property, stringMatching } from 'fast-check';
import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { assertionProblem } from './assertion-problem.ts';
import { patternSize } from './pattern-size.ts';

test('is never much below what RE2 makes of a pattern', () => {
  const piece =
    /(a|\.|\\d|\[a-z\]|\[\^\]x\]|\\pL|\(ab|\(\?:|\)|\||\{\d{1,2}\}|\{\d,\d{1,2}\}|\*|\+|\?|\$|\^){1,12}/;
  assert(
    property(stringMatching(piece), (pattern) => {
      let size: number;
      try {
        size = RE2JS.compile(pattern).programSize();
      } catch {
        return; // no pattern: nothing to compare with
      }
      expect(2 * patternSize(pattern), pattern).toBeGreaterThanOrEqual(size);
    }),
    { numRuns: 3000 },
  );
});

test('is about right for patterns as people write them', () => {
  for (const pattern of [
    '^v\\d+\\.\\d+$',
    'ok|fine|up',
    '(?i)error: [^\\n]{1,80}',
    '\\b[A-Z]{3}-\\d{4}\\b',
  ]) {
    expect(patternSize(pattern)).toBeLessThan(2 * RE2JS.compile(pattern).programSize() + 20);
  }
});

test('a pattern that would take seconds to compile is refused without compiling it', () => {
  const problem = (value: string) =>
    assertionProblem({ subject: 'body', comparator: 'matches', value })?.sentence ?? null;
  expect(problem('\\pL{1000}\\d')).toBeNull();
  for (const pattern of [
    `(?:${'a'.repeat(1900)}){1000}`,
    '\\pL{999}'.repeat(250),
    '((a{100}){10}b{900}){5}x{999}',
  ]) {
    expect(problem(pattern)).toBe(
      'This regular expression repeats too much: written out it has more than 5,000 steps.',
    );
  }
  expect(problem('a{5')).toBeNull();
  expect(problem('(a')).toMatch(/^This is not a regular expression that RE2 knows: /);
});
