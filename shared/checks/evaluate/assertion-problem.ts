import { RE2JS } from 're2js';
import type { Assertion } from '../assertion-input.ts';
import { jsonPathProblem } from './json-path.ts';
import { patternSize } from './pattern-size.ts';
import { selectorProblem } from './selector.ts';

/** Compiling one of this size takes 5 to 70 ms, and it looks at the first 1,000 characters of a body. */
const MOST_INSTRUCTIONS = 5000;

/** What keeps an assertion from ever being evaluated, in a sentence; null when nothing does. */
export function assertionProblem(assertion: Assertion): string | null {
  if (assertion.comparator === 'matches') {
    const problem = patternProblem(String(assertion.value));
    if (problem !== null) return problem;
  }
  if (assertion.subject === 'json') {
    const problem = jsonPathProblem(assertion.name ?? '');
    if (problem !== null) return problem;
  }
  if (assertion.subject === 'selector') {
    const problem = selectorProblem(assertion.name ?? '');
    if (problem !== null) return problem;
  }
  const ordered = assertion.comparator === 'less_than' || assertion.comparator === 'greater_than';
  if (ordered && !Number.isFinite(Number(assertion.value))) return 'To compare by size, give a number.';
  return null;
}

function patternProblem(pattern: string): string | null {
  // Asked before it is compiled: what is too large takes seconds for that alone.
  if (patternSize(pattern) > MOST_INSTRUCTIONS) {
    return 'This regular expression repeats too much: written out it has more than 5,000 steps.';
  }
  try {
    RE2JS.compile(pattern);
    return null;
  } catch (error) {
    return `This is not a regular expression that RE2 knows: ${messageOf(error)}.`;
  }
}

const messageOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
