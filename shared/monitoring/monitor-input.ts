import * as v from 'valibot';
import { assertionSchema } from '../checks/assertion-input.ts';
import { httpSpecSchema } from '../checks/http-spec-input.ts';
import { regionSchema } from '../checks/region.ts';
import { plainText, visibleText } from '../plain-name.ts';
import { storableText } from '../storable-text.ts';
import { MONITOR_KINDS } from './monitor-kind.ts';
import { MONITOR_STATES } from './monitor-state.ts';

export const DEFAULT_INTERVAL_SECONDS = 60;
const MAX_TIMEOUT_MS = 30_000;

/** The deadline of a check when none is given: 10 s, or 80 % of a shorter interval. */
export function defaultTimeoutMs(intervalSeconds: number): number {
  return Math.min(10_000, Math.floor(intervalSeconds * 800));
}

const whole = (least: number, most: number, sentence: string) =>
  v.pipe(v.number(sentence), v.integer(sentence), v.minValue(least, sentence), v.maxValue(most, sentence));

const name = v.pipe(
  v.string('Give the monitor a name.'),
  v.trim(),
  v.minLength(1, 'Give the monitor a name.'),
  v.maxLength(120, 'Use 120 characters at most.'),
  plainText,
  visibleText,
);

/** The address as typed; `parseHttpTarget` says in words what is wrong with it and normalizes it. */
const target = v.pipe(
  v.string('Give an address, such as https://example.com.'),
  v.trim(),
  v.minLength(1, 'Give an address, such as https://example.com.'),
  v.maxLength(2048, 'Use 2,048 characters at most.'),
);

const intervalSeconds = whole(10, 86_400, 'Check every 10 seconds to every 24 hours (86,400 s).');
const timeoutMs = whole(500, MAX_TIMEOUT_MS, 'Wait 500 to 30,000 ms for an answer.');
const retries = whole(0, 5, 'Retry 0 to 5 times.');
const retryDelaySeconds = whole(1, 300, 'Wait 1 to 300 s between retries.');
const recovery = whole(1, 5, 'Ask for 1 to 5 good checks.');
const degradedAfterMs = v.nullable(whole(1, MAX_TIMEOUT_MS, 'Use 1 to 30,000 ms, or leave it empty.'));
const certificateDays = v.nullable(whole(1, 365, 'Use 1 to 365 days, or leave it empty.'));
const quorum = v.nullable(whole(1, 50, 'Ask for 1 to 50 regions, or leave it empty for more than half.'));
const flapChanges = whole(0, 20, 'Use 0 (never held) to 20 changes.');
const flapWindowMinutes = whole(1, 120, 'Use 1 to 120 minutes.');
const flapQuietMinutes = whole(1, 60, 'Use 1 to 60 minutes.');
const regions = v.pipe(v.array(regionSchema), v.minLength(1, 'Choose a region.'), v.maxLength(50));
const tag = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'A tag cannot be empty.'),
  v.maxLength(40, 'Use 40 characters at most.'),
  v.regex(/^[^\p{Cc}\p{Cs},]*$/u, 'Use no commas and no control characters.'),
  plainText,
  visibleText,
);
const tags = v.pipe(v.array(tag), v.maxLength(20, 'Use 20 tags at most.'));
const assertions = v.pipe(v.array(assertionSchema), v.maxLength(20, 'Use 20 assertions at most.'));

const shorterThanInterval = (input: { intervalSeconds: number; timeoutMs?: number | undefined }) =>
  input.timeoutMs === undefined || input.timeoutMs < input.intervalSeconds * 1000;

/** What `monitors.create` takes. Absent fields get their defaults; `timeoutMs` follows from the interval. */
export const createMonitorInput = v.pipe(
  v.object({
    name,
    kind: v.picklist(MONITOR_KINDS, `Use one of ${MONITOR_KINDS.join(', ')}.`),
    target,
    intervalSeconds: v.optional(intervalSeconds, DEFAULT_INTERVAL_SECONDS),
    timeoutMs: v.optional(timeoutMs),
    retries: v.optional(retries, 1),
    retryDelaySeconds: v.optional(retryDelaySeconds, 5),
    recovery: v.optional(recovery, 1),
    degradedAfterMs: v.optional(degradedAfterMs, null),
    certificateDays: v.optional(certificateDays, 7),
    quorum: v.optional(quorum, null),
    flapChanges: v.optional(flapChanges, 4),
    flapWindowMinutes: v.optional(flapWindowMinutes, 15),
    flapQuietMinutes: v.optional(flapQuietMinutes, 5),
    regions: v.optional(regions),
    tags: v.optional(tags, []),
    http: v.optional(httpSpecSchema, {}),
    assertions: v.optional(assertions, []),
  }),
  v.forward(
    v.partialCheck(
      [['intervalSeconds'], ['timeoutMs']],
      shorterThanInterval,
      'The deadline must be shorter than the interval.',
    ),
    ['timeoutMs'],
  ),
);

export const monitorIdInput = v.object({ monitorId: v.pipe(v.string(), v.uuid('This is not an id.')) });

/** What `monitors.update` takes: the id and any of the fields, flat. `http` fields not given stay as they are. */
export const updateMonitorInput = v.object({
  ...monitorIdInput.entries,
  name: v.optional(name),
  target: v.optional(target),
  intervalSeconds: v.optional(intervalSeconds),
  timeoutMs: v.optional(timeoutMs),
  retries: v.optional(retries),
  retryDelaySeconds: v.optional(retryDelaySeconds),
  recovery: v.optional(recovery),
  degradedAfterMs: v.optional(degradedAfterMs),
  certificateDays: v.optional(certificateDays),
  quorum: v.optional(quorum),
  flapChanges: v.optional(flapChanges),
  flapWindowMinutes: v.optional(flapWindowMinutes),
  flapQuietMinutes: v.optional(flapQuietMinutes),
  regions: v.optional(regions),
  tags: v.optional(tags),
  http: v.optional(
    v.object({
      method: v.optional(httpSpecSchema.entries.method.wrapped),
      headers: v.optional(httpSpecSchema.entries.headers.wrapped),
      body: v.optional(httpSpecSchema.entries.body.wrapped),
      bodyType: v.optional(httpSpecSchema.entries.bodyType.wrapped),
      graphqlVariables: v.optional(httpSpecSchema.entries.graphqlVariables.wrapped),
      followRedirects: v.optional(v.boolean()),
      auth: v.optional(httpSpecSchema.entries.auth.wrapped),
      clientCertificate: v.optional(httpSpecSchema.entries.clientCertificate.wrapped),
      ipVersion: v.optional(httpSpecSchema.entries.ipVersion.wrapped),
      httpVersion: v.optional(httpSpecSchema.entries.httpVersion.wrapped),
    }),
  ),
  assertions: v.optional(assertions),
});

export const SORT_KEYS = ['state', 'name', 'latency', 'uptime', 'createdAt'] as const;

/** What `monitors.list` takes. `cursor` is what the page before answered as `nextCursor`. */
export const listMonitorsInput = v.optional(
  v.object({
    search: v.optional(
      v.pipe(v.string(), v.trim(), v.maxLength(200, 'Use 200 characters at most.'), storableText),
    ),
    state: v.optional(v.picklist(MONITOR_STATES)),
    tag: v.optional(v.pipe(v.string(), v.maxLength(40, 'Use 40 characters at most.'), storableText)),
    sort: v.optional(v.picklist(SORT_KEYS), 'state'),
    direction: v.optional(v.picklist(['asc', 'desc'])),
    cursor: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(500)))),
    limit: v.optional(whole(1, 100, 'Ask for 1 to 100 a page.'), 50),
  }),
  {},
);

export type CreateMonitorInput = v.InferOutput<typeof createMonitorInput>;
export type UpdateMonitorInput = v.InferOutput<typeof updateMonitorInput>;
export type ListMonitorsInput = v.InferOutput<typeof listMonitorsInput>;
