import type { Assertion, AssertionComparator } from '../assertion-input.ts';
import { findPattern } from './find-pattern.ts';
import { harmless } from './harmless.ts';
import { isInStatusSet } from './status-set.ts';

/** Whether an assertion held, and the sentence that says so. */
export type Judgement = { passed: boolean; sentence: string };

export type Scalar = string | number | boolean;

/** How a sentence names what was compared. `where` stands behind the value, `within` at the end. */
export type Naming = { subject: string; where?: string; within?: string };

const EXPECTED: Record<AssertionComparator, string> = {
  equals: 'to equal',
  not_equals: 'not to equal',
  contains: 'to contain',
  not_contains: 'not to contain',
  matches: 'to match',
  less_than: 'to be less than',
  greater_than: 'to be more than',
  in: 'to be one of',
};

/** What was expected, as it goes on behind "expected it". */
export function expectation({ comparator, value }: Assertion): string {
  if (value === '' && comparator === 'contains') return 'to be there';
  if (value === '' && comparator === 'not_contains') return 'to be missing';
  return `${EXPECTED[comparator]} ${harmless(String(value))}`;
}

/** Compares what came with what an assertion expects. */
export function compare(assertion: Assertion, found: Scalar, naming: Naming): Judgement {
  const { passed, lookedAt } = looked(assertion, found);
  const short = typeof found === 'string' ? `“${harmless(found)}”` : String(found);
  if (passed) return { passed, sentence: `${sentenceOfPassed(assertion, short, naming)}, as expected.` };
  const { subject, where = '', within = '' } = naming;
  const seen =
    lookedAt !== null && lookedAt < String(found).length
      ? ` within its first ${lookedAt} characters`
      : within;
  return {
    passed,
    sentence: `${subject} is ${short}${where}, expected it ${expectation(assertion)}${seen}.`,
  };
}

/** A thing that is not there is neither equal to anything nor contains anything. `words` say how it is missing. */
export function compareMissing(assertion: Assertion, words: string): Judgement {
  const { comparator, value } = assertion;
  if (comparator === 'not_contains' || comparator === 'not_equals') {
    if (value === '' && comparator === 'not_contains')
      return { passed: true, sentence: `${words}, as expected.` };
    const verb = comparator === 'not_equals' ? 'equal' : 'contain';
    return {
      passed: true,
      sentence: `${words}, and so does not ${verb} ${harmless(String(value))}, as expected.`,
    };
  }
  return { passed: false, sentence: `${words}, expected it ${expectation(assertion)}.` };
}

function looked(assertion: Assertion, found: Scalar): { passed: boolean; lookedAt: number | null } {
  if (assertion.comparator !== 'matches') {
    return { passed: holds(assertion, assertion.comparator, found), lookedAt: null };
  }
  const { found: passed, lookedAt } = findPattern(String(assertion.value), String(found));
  return { passed, lookedAt };
}

function sentenceOfPassed({ comparator, value }: Assertion, short: string, { subject }: Naming): string {
  const text = harmless(String(value));
  switch (comparator) {
    case 'equals':
      return `${subject} equals ${text}`;
    case 'not_equals':
      return `${subject} is ${short} and not ${text}`;
    case 'contains':
      return value === '' ? `${subject} is there` : `${subject} contains ${text}`;
    case 'not_contains':
      return `${subject} does not contain ${text}`;
    case 'matches':
      return `${subject} matches ${text}`;
    case 'less_than':
      return `${subject} is ${short}, less than ${text}`;
    case 'greater_than':
      return `${subject} is ${short}, more than ${text}`;
    case 'in':
      return `${subject} is ${short}, one of ${text}`;
    default:
      return comparator satisfies never;
  }
}

function holds(
  { subject, value }: Assertion,
  comparator: Exclude<AssertionComparator, 'matches'>,
  found: Scalar,
): boolean {
  switch (comparator) {
    case 'equals':
      return isEqual(found, value);
    case 'not_equals':
      return !isEqual(found, value);
    case 'contains':
      return String(found).includes(String(value));
    case 'not_contains':
      return !String(found).includes(String(value));
    case 'less_than':
      return numberOf(found) < numberOf(value);
    case 'greater_than':
      return numberOf(found) > numberOf(value);
    case 'in':
      return subject === 'status'
        ? isInStatusSet(Number(found), String(value))
        : String(value)
            .split(',')
            .some((item) => isEqual(found, item.trim()));
    default:
      return comparator satisfies never;
  }
}

/** As they are written; a number also by its size, so that 1.50 equals 1.5. A text that looks like a number is a text. */
const isEqual = (found: Scalar, value: Scalar) =>
  String(found) === String(value) || (typeof found === 'number' && found === numberOf(value));

/** NaN for what does not look like a number: that is neither less nor more than anything. */
export const numberOf = (value: Scalar): number => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && NUMBER.test(value) ? Number(value) : Number.NaN;
};

const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
