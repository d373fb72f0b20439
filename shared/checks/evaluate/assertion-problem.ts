import { RE2JS } from 're2js';
import type { Assertion } from '../assertion-input.ts';
import { jsonPathProblem } from './json-path.ts';

/** What keeps an assertion from ever being evaluated, in a sentence; null when nothing does. */
export function assertionProblem(assertion: Assertion): string | null {
  if (assertion.comparator === 'matches') {
    try {
      RE2JS.compile(String(assertion.value));
    } catch (error) {
      return `This is not a regular expression that RE2 knows: ${messageOf(error)}.`;
    }
  }
  if (assertion.subject === 'json') {
    const problem = jsonPathProblem(assertion.name ?? '');
    if (problem !== null) return problem;
  }
  const ordered = assertion.comparator === 'less_than' || assertion.comparator === 'greater_than';
  if (ordered && !Number.isFinite(Number(assertion.value))) return 'To compare by size, give a number.';
  return null;
}

const messageOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
