import * as v from 'valibot';
import {
  ASSERTION_COMPARATORS,
  ASSERTION_SUBJECTS,
  assertionSchema,
  NAMED_SUBJECTS,
  STATUS_SET_PATTERN,
} from '../../../../../shared/checks/assertion-input.ts';
import { httpSpecSchema } from '../../../../../shared/checks/http-spec-input.ts';
import { httpTargetFromTyped, parseHttpTarget } from '../../../../../shared/checks/http-target.ts';
import { updateMonitorInput } from '../../../../../shared/monitoring/monitor-input.ts';

const shared = updateMonitorInput.entries;
const headers = httpSpecSchema.entries.headers.wrapped.pipe[0];

/** A number as it is typed, judged by the rule for numbers; nothing at all is no number. */
const typedNumber = <T extends v.GenericSchema<number, number>>(rule: T) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.transform((text) => (text === '' ? Number.NaN : Number(text))),
    rule,
  );

const optionalNumber = <T extends v.GenericSchema<number | null, number | null>>(rule: T) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.transform((text) => (text === '' ? null : Number(text))),
    rule,
  );

const targetProblem = (target: string): string | null => {
  const parsed = parseHttpTarget(target);
  return parsed.ok ? null : parsed.sentence;
};

/** An address as people type it: `https://` is put before what has no scheme. */
const target = v.pipe(
  v.string(),
  v.transform(httpTargetFromTyped),
  shared.target.wrapped,
  v.check(
    (typed) => targetProblem(typed) === null,
    (issue) => targetProblem(issue.input) ?? '',
  ),
);

/** One line of an assertion: what does not apply to its subject stands empty. */
const assertionLine = v.pipe(
  v.object({
    subject: v.picklist(ASSERTION_SUBJECTS),
    name: v.string(),
    comparator: v.picklist(ASSERTION_COMPARATORS),
    value: v.string(),
  }),
  v.transform(({ subject, name, comparator, value }): v.InferInput<typeof assertionSchema> => {
    const named = NAMED_SUBJECTS.includes(subject);
    const bySize = comparator === 'less_than' || comparator === 'greater_than';
    const isNumber = bySize && value.trim() !== '' && Number.isFinite(Number(value));
    return {
      subject,
      comparator,
      value: isNumber ? Number(value) : value,
      ...(named && name.trim() !== '' ? { name } : {}),
    };
  }),
  assertionSchema,
);

/**
 * Everything about a monitor that a person can set, as the fields of a form hold it: numbers as typed, headers and
 * assertions line by line, the status that is expected apart from the other assertions. What each may be is said by the
 * schemas of the API.
 */
export const monitorFormSchema = v.pipe(
  v.object({
    name: shared.name.wrapped,
    target,
    method: httpSpecSchema.entries.method.wrapped,
    headers: v.array(v.object({ name: headers.key, value: headers.value })),
    body: v.pipe(v.string(), v.maxLength(65_536, 'Use 64 KiB at most.')),
    followRedirects: v.boolean(),
    expectedStatus: v.pipe(
      v.string(),
      v.trim(),
      v.check(
        (text) => text === '' || STATUS_SET_PATTERN.test(text),
        'Write a status like 200, a class like 2xx, a span like 200-204, or several of them with commas.',
      ),
    ),
    degradedAfterMs: optionalNumber(shared.degradedAfterMs.wrapped),
    assertions: v.pipe(v.array(assertionLine), v.maxLength(19, 'Use 19 assertions at most.')),
    intervalSeconds: typedNumber(shared.intervalSeconds.wrapped),
    timeoutMs: typedNumber(shared.timeoutMs.wrapped),
    retries: typedNumber(shared.retries.wrapped),
    retryDelaySeconds: typedNumber(shared.retryDelaySeconds.wrapped),
    recovery: typedNumber(shared.recovery.wrapped),
    regions: shared.regions.wrapped,
    tags: v.pipe(
      v.string(),
      v.transform((text) =>
        text
          .split(',')
          .map((tag) => tag.trim())
          .filter((tag) => tag !== ''),
      ),
      v.rawCheck(({ dataset, addIssue }) => {
        if (!dataset.typed) return;
        const judged = v.safeParse(shared.tags.wrapped, dataset.value);
        if (!judged.success) addIssue({ message: judged.issues[0].message });
      }),
      v.transform((tags) => [...new Set(tags)]),
    ),
  }),
  v.forward(
    v.partialCheck(
      [['intervalSeconds'], ['timeoutMs']],
      (input) => input.timeoutMs < input.intervalSeconds * 1000,
      'The deadline must be shorter than the interval.',
    ),
    ['timeoutMs'],
  ),
);

/** What the fields hold. */
export type MonitorFormInput = v.InferInput<typeof monitorFormSchema>;
/** What they come to. */
export type MonitorFormOutput = v.InferOutput<typeof monitorFormSchema>;
