import { RE2JS } from 're2js';
import type { Assertion } from '../assertion-input.ts';
import { numberOf } from './compare.ts';
import { jsonPathProblem } from './json-path.ts';
import { patternSize } from './pattern-size.ts';
import { selectorProblem } from './selector.ts';

/** Compiling one of this size takes 5 to 70 ms, and it looks at the first 1,000 characters of a body. */
const MOST_INSTRUCTIONS = 5000;

/** What keeps an assertion from ever being evaluated, and which part of it that is; null when nothing does. */
export function assertionProblem(assertion: Assertion): { field: 'name' | 'value'; sentence: string } | null {
  const ofName = nameProblem(assertion);
  if (ofName !== null) return { field: 'name', sentence: ofName };
  const ofValue = valueProblem(assertion);
  return ofValue === null ? null : { field: 'value', sentence: ofValue };
}

function nameProblem({ subject, name = '' }: Assertion): string | null {
  if (subject === 'json') return jsonPathProblem(name);
  return subject === 'selector' ? selectorProblem(name) : null;
}

function valueProblem({ comparator, value }: Assertion): string | null {
  if (comparator === 'matches') return patternProblem(String(value));
  const ordered = comparator === 'less_than' || comparator === 'greater_than';
  return ordered && Number.isNaN(numberOf(value)) ? 'To compare by size, give a number.' : null;
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
