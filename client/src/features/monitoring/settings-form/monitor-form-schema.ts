import * as v from 'valibot';
import { STATUS_SET_PATTERN } from '../../../../../shared/checks/assertion-input.ts';
import { httpTargetFromTyped, parseHttpTarget } from '../../../../../shared/checks/http-target.ts';
import { updateMonitorInput } from '../../../../../shared/monitoring/monitor-input.ts';
import { assertionLine } from './assertion-line-schema.ts';
import { httpFormSchema } from './http-form-schema.ts';

const shared = updateMonitorInput.entries;

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

/** What a check is made of, as far as it can be tried before anything is saved. */
const draftEntries = {
  target,
  http: httpFormSchema,
  expectedStatus: v.pipe(
    v.string(),
    v.trim(),
    v.check(
      (text) => text === '' || STATUS_SET_PATTERN.test(text),
      'Write a status like 200, a class like 2xx, a span like 200-204, or several of them with commas.',
    ),
  ),
  assertions: v.pipe(v.array(assertionLine), v.maxLength(19, 'Use 19 assertions at most.')),
  timeoutMs: typedNumber(shared.timeoutMs.wrapped),
  degradedAfterMs: optionalNumber(shared.degradedAfterMs.wrapped),
  certificateDays: optionalNumber(shared.certificateDays.wrapped),
};

/** The fields of the form that make a draft; the others may be wrong, or not filled in yet. */
export const draftFormSchema = v.object(draftEntries);

/**
 * Everything about a monitor that a person can set, as the fields of a form hold it: numbers as typed, assertions line by
 * line, the status that is expected apart from the other assertions. What each may be is said by the schemas of the API.
 */
export const monitorFormSchema = v.pipe(
  v.object({
    name: shared.name.wrapped,
    ...draftEntries,
    intervalSeconds: typedNumber(shared.intervalSeconds.wrapped),
    retries: typedNumber(shared.retries.wrapped),
    retryDelaySeconds: typedNumber(shared.retryDelaySeconds.wrapped),
    recovery: typedNumber(shared.recovery.wrapped),
    quorum: optionalNumber(shared.quorum.wrapped),
    flapChanges: typedNumber(shared.flapChanges.wrapped),
    flapWindowMinutes: typedNumber(shared.flapWindowMinutes.wrapped),
    flapQuietMinutes: typedNumber(shared.flapQuietMinutes.wrapped),
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
/** What the fields of a draft come to. */
export type DraftFormOutput = v.InferOutput<typeof draftFormSchema>;
