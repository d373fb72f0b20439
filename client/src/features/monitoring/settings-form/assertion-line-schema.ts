import * as v from 'valibot';
import {
  ASSERTION_COMPARATORS,
  ASSERTION_SUBJECTS,
  type Assertion,
  type AssertionSubject,
  assertionSchema,
  COMPARATORS_OF,
  NAMED_SUBJECTS,
} from '../../../../../shared/checks/assertion-input.ts';

/**
 * What a line of the form compares with: what the API knows, and whether a thing is there at all, which the API is asked
 * with an empty text (everything that is there contains it).
 */
export const LINE_COMPARATORS = [...ASSERTION_COMPARATORS, 'is_there', 'is_not_there'] as const;
export type LineComparator = (typeof LINE_COMPARATORS)[number];

const PRESENCE = { is_there: 'contains', is_not_there: 'not_contains' } as const;

export const isNamed = (subject: AssertionSubject) => NAMED_SUBJECTS.includes(subject);

/** The comparators that go with a subject, in the order in which they are offered. */
export function lineComparatorsOf(subject: AssertionSubject): readonly LineComparator[] {
  const compared = COMPARATORS_OF[subject];
  return isNamed(subject) ? [...compared, 'is_there', 'is_not_there'] : compared;
}

/** Whether a value is asked for; that a thing is there is said without one. */
export const isCompared = (comparator: LineComparator) =>
  comparator !== 'is_there' && comparator !== 'is_not_there';

/** One line of an assertion: what does not apply to its subject stands empty. */
export const assertionLine = v.pipe(
  v.object({
    subject: v.picklist(ASSERTION_SUBJECTS),
    name: v.string(),
    comparator: v.picklist(LINE_COMPARATORS),
    value: v.string(),
  }),
  v.transform(({ subject, name, comparator, value }): v.InferInput<typeof assertionSchema> => {
    const takesName = (isNamed(subject) || subject === 'latency') && name.trim() !== '';
    const said = takesName ? { name } : {};
    if (comparator === 'is_there' || comparator === 'is_not_there') {
      return { subject, comparator: PRESENCE[comparator], value: '', ...said };
    }
    const bySize = comparator === 'less_than' || comparator === 'greater_than';
    const isNumber = bySize && value.trim() !== '' && Number.isFinite(Number(value));
    return { subject, comparator, value: isNumber ? Number(value) : value, ...said };
  }),
  assertionSchema,
);

type AssertionLine = v.InferInput<typeof assertionLine>;

/** An assertion as a line holds it. */
export function assertionLineOf({ subject, name, comparator, value }: Assertion): AssertionLine {
  const line = { subject, name: phaseOrName(subject, name), value: String(value) };
  if (isNamed(subject) && value === '') {
    if (comparator === PRESENCE.is_there) return { ...line, comparator: 'is_there' };
    if (comparator === PRESENCE.is_not_there) return { ...line, comparator: 'is_not_there' };
  }
  return { ...line, comparator };
}

/** The latency of the whole check is what is meant when no phase is named. */
export const phaseOrName = (subject: AssertionSubject, name: string | undefined) =>
  subject === 'latency' && name === 'total' ? '' : (name ?? '');
