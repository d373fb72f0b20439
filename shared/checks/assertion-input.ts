import * as v from 'valibot';
import { storableText } from '../storable-text.ts';

/**
 * What an assertion looks at, and what `name` then is:
 * - `header`: the header's name. `json`: a path (RFC 9535). `selector`: a CSS selector into an HTML page; the text of the
 *   first element it finds is compared, white space collapsed, or with `a.logo@href` the element's attribute.
 * - `latency`: the phase, in milliseconds; `total` when not given. `certificate`: its days left. `status`, `body`: none.
 */
export const ASSERTION_SUBJECTS = [
  'status',
  'header',
  'body',
  'json',
  'selector',
  'latency',
  'certificate',
] as const;

/** The phases that a `latency` can be asked of by name. After redirects each is the sum over all hops. */
export const LATENCY_PHASES = ['total', 'dns', 'connect', 'tls', 'firstByte', 'transfer'] as const;
export type LatencyPhase = (typeof LATENCY_PHASES)[number];

/** Where `name` says which one. A thing that is not there satisfies `not_equals` and `not_contains`, and nothing else. */
export const NAMED_SUBJECTS: readonly AssertionSubject[] = ['header', 'json', 'selector'];

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

const OF_TEXT = ['equals', 'not_equals', 'contains', 'not_contains', 'matches'] as const;

/**
 * Which comparators make sense for which subject; others are refused with a sentence. Whether a named thing is there at all
 * is asked with an empty value: everything that is there `contains` it, and only what is not there does not.
 */
export const COMPARATORS_OF: Record<AssertionSubject, readonly AssertionComparator[]> = {
  status: ['equals', 'not_equals', 'in', 'less_than', 'greater_than'],
  header: [...OF_TEXT, 'less_than', 'greater_than', 'in'],
  body: OF_TEXT,
  json: [...OF_TEXT, 'less_than', 'greater_than', 'in'],
  selector: [...OF_TEXT, 'less_than', 'greater_than', 'in'],
  latency: ['less_than', 'greater_than'],
  certificate: ['greater_than', 'less_than'],
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
      (input) => !NAMED_SUBJECTS.includes(input.subject) || input.name !== undefined,
      'Say which header, JSON path or CSS selector.',
    ),
    ['name'],
  ),
  v.forward(
    v.partialCheck(
      [['subject'], ['name']],
      (input) =>
        input.subject !== 'latency' ||
        input.name === undefined ||
        LATENCY_PHASES.some((phase) => phase === input.name),
      `A phase is one of ${LATENCY_PHASES.join(', ')}.`,
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
  v.forward(
    v.partialCheck(
      [['subject'], ['value']],
      (input) =>
        input.subject !== 'certificate' ||
        (typeof input.value !== 'boolean' &&
          Number(input.value) >= 0 &&
          Number(input.value) <= 3650 &&
          input.value !== ''),
      'Give the days that are left as a number from 0 to 3,650.',
    ),
    ['value'],
  ),
);
