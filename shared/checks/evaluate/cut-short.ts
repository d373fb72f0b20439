import type { Verdict } from '../../monitoring/try-monitor.ts';
import type { Assertion } from '../assertion-input.ts';
import { harmless } from './harmless.ts';

const WORDS = {
  time: 'needs more than a second of computing on this answer: ask for something simpler',
  memory: 'needs more memory on this answer than a check may take',
  earlier: 'was not looked at: the assertions before it took all that a check may take',
};

/**
 * The verdict on an assertion that could not be judged to its end. It does not hold: what was asked of the answer was not
 * found in it, and it is the monitor's own question that costs so much.
 */
export function cutShort(assertion: Assertion, why: keyof typeof WORDS): Verdict {
  return { assertion, passed: false, sentence: `${subjectOf(assertion)} ${WORDS[why]}.` };
}

function subjectOf({ subject, name, comparator, value }: Assertion): string {
  if (comparator === 'matches') return `The pattern ${harmless(String(value), 60)}`;
  if (subject === 'selector') return `Selector ${harmless(name ?? '', 60)}`;
  if (subject === 'json') return `JSON path ${harmless(name ?? '', 60)}`;
  return `Looking for ${harmless(String(value), 60)}`;
}
