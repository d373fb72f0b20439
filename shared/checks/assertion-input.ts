import * as v from 'valibot';
import { storableText } from '../storable-text.ts';

/** What an assertion looks at. `header` and `json` need `name`: the header's name, or an RFC 9535 path. */
export const ASSERTION_SUBJECTS = ['status', 'header', 'body', 'json', 'latency'] as const;

export const ASSERTION_COMPARATORS = [
  'equals',
  'not_equals',
  'contains',
  'not_contains',
  'matches',
  'less_than',
  'greater_than',
  'in',
] as const;

export type AssertionSubject = (typeof ASSERTION_SUBJECTS)[number];
export type AssertionComparator = (typeof ASSERTION_COMPARATORS)[number];

/** Which comparators make sense for which subject; others are refused with a sentence. */
export const COMPARATORS_OF: Record<AssertionSubject, readonly AssertionComparator[]> = {
  status: ['equals', 'not_equals', 'in', 'less_than', 'greater_than'],
  header: ['equals', 'not_equals', 'contains', 'not_contains', 'matches'],
  body: ['equals', 'not_equals', 'contains', 'not_contains', 'matches'],
  json: ['equals', 'not_equals', 'contains', 'not_contains', 'matches', 'less_than', 'greater_than', 'in'],
  latency: ['less_than', 'greater_than'],
};

/** `2xx`, `301`, `200-204`, and lists of them with commas: the set a status must be in. */
export const STATUS_SET_PATTERN = /^\s*[1-5](xx|\d\d(-[1-5]\d\d)?)(\s*,\s*[1-5](xx|\d\d(-[1-5]\d\d)?))*\s*$/i;

const assertionObject = v.object({
  subject: v.picklist(ASSERTION_SUBJECTS, `Use one of ${ASSERTION_SUBJECTS.join(', ')}.`),
  name: v.optional(
    v.pipe(
      v.string(),
      v.trim(),
      v.minLength(1, 'Say which one.'),
      v.maxLength(500, 'Use 500 characters at most.'),
      storableText,
    ),
  ),
  comparator: v.picklist(ASSERTION_COMPARATORS, `Use one of ${ASSERTION_COMPARATORS.join(', ')}.`),
  value: v.union(
    [
      v.pipe(v.string(), v.maxLength(2000, 'Use 2,000 characters at most.'), storableText),
      v.pipe(v.number(), v.finite()),
      v.boolean(),
    ],
    'The value is a text, a number, or true or false.',
  ),
});

export type Assertion = v.InferOutput<typeof assertionObject>;

/** One assertion of a monitor. What cannot be evaluated (a pattern that is no pattern) is refused by the server. */
export const assertionSchema = v.pipe(
  assertionObject,
  v.forward(
    v.partialCheck(
      [['subject'], ['comparator']],
      (input) => COMPARATORS_OF[input.subject].includes(input.comparator),
      'This comparator does not go with this subject.',
    ),
    ['comparator'],
  ),
  v.forward(
    v.partialCheck(
      [['subject'], ['name']],
      (input) => (input.subject !== 'header' && input.subject !== 'json') || input.name !== undefined,
      'Say which header, or which JSON path.',
    ),
    ['name'],
  ),
  v.forward(
    v.partialCheck(
      [['subject'], ['comparator'], ['value']],
      (input) =>
        input.subject !== 'status' ||
        (input.comparator === 'in'
          ? STATUS_SET_PATTERN.test(String(input.value))
          : /^[1-5]\d\d$/.test(String(input.value))),
      'A status is a number from 100 to 599; a set is written like "2xx,301".',
    ),
    ['value'],
  ),
  v.forward(
    v.partialCheck(
      [['subject'], ['value']],
      (input) => input.subject !== 'latency' || (Number(input.value) > 0 && Number(input.value) <= 60_000),
      'Latency is a number of milliseconds, 60,000 at most.',
    ),
    ['value'],
  ),
);
