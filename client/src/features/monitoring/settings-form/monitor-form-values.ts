import type { Assertion } from '../../../../../shared/checks/assertion-input.ts';
import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import {
  DEFAULT_INTERVAL_SECONDS,
  defaultTimeoutMs,
  type UpdateMonitorInput,
} from '../../../../../shared/monitoring/monitor-input.ts';
import type { MonitorFormInput, MonitorFormOutput } from './monitor-form-schema.ts';

type Later = 'certificateDays' | 'quorum' | 'flapChanges' | 'flapWindowMinutes' | 'flapQuietMinutes';
type Settings = Required<Omit<UpdateMonitorInput, 'monitorId' | Later>>;
type SettingsOf = Pick<Monitor, keyof Settings>;

/** The fields of a form for a monitor that does not exist yet, with the defaults of `monitors.create`. */
export function newMonitorValues(regions: string[]): MonitorFormInput {
  return {
    name: '',
    target: '',
    method: 'GET',
    headers: [],
    body: '',
    followRedirects: true,
    expectedStatus: '',
    degradedAfterMs: '',
    assertions: [],
    intervalSeconds: String(DEFAULT_INTERVAL_SECONDS),
    timeoutMs: String(defaultTimeoutMs(DEFAULT_INTERVAL_SECONDS)),
    retries: '1',
    retryDelaySeconds: '5',
    recovery: '1',
    regions,
    tags: '',
  };
}

/** A monitor's settings as the fields of a form hold them. */
export function monitorFormValues(monitor: SettingsOf): MonitorFormInput {
  const status = statusField(monitor.assertions);
  return {
    name: monitor.name,
    target: monitor.target,
    method: monitor.http.method,
    headers: Object.entries(monitor.http.headers).map(([name, value]) => ({ name, value })),
    body: monitor.http.body ?? '',
    followRedirects: monitor.http.followRedirects,
    expectedStatus: status === null ? '' : String(status.value),
    degradedAfterMs: monitor.degradedAfterMs === null ? '' : String(monitor.degradedAfterMs),
    assertions: monitor.assertions
      .filter((assertion) => assertion !== status)
      .map(({ subject, name, comparator, value }) => ({
        subject,
        name: name ?? '',
        comparator,
        value: String(value),
      })),
    intervalSeconds: String(monitor.intervalSeconds),
    timeoutMs: String(monitor.timeoutMs),
    retries: String(monitor.retries),
    retryDelaySeconds: String(monitor.retryDelaySeconds),
    recovery: String(monitor.recovery),
    regions: [...monitor.regions],
    tags: monitor.tags.join(', '),
  };
}

/** The one assertion that the field "Expected status" stands for; any further ones are lines of their own. */
function statusField(assertions: readonly Assertion[]): Assertion | null {
  return (
    assertions.find(
      ({ subject, comparator }) => subject === 'status' && (comparator === 'in' || comparator === 'equals'),
    ) ?? null
  );
}

/** What the form came to, as `monitors.create` and `monitors.update` take it. */
export function settingsOf(form: MonitorFormOutput): Settings {
  const { method, headers, body, followRedirects, expectedStatus, assertions, ...rest } = form;
  return {
    ...rest,
    http: {
      method,
      headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
      body: body === '' ? null : body,
      followRedirects,
    },
    assertions:
      expectedStatus === ''
        ? assertions
        : [{ subject: 'status', comparator: 'in', value: expectedStatus }, ...assertions],
  };
}

/** What differs from the monitor as it is: only that is sent, so that two people who edit at once both keep their work. */
export function changedSettings(
  monitor: SettingsOf,
  form: MonitorFormOutput,
): Omit<UpdateMonitorInput, 'monitorId'> {
  const { http, assertions, ...rest } = settingsOf(form);
  const changed: Omit<UpdateMonitorInput, 'monitorId'> = entriesThatDiffer(rest, monitor);
  const changedHttp = entriesThatDiffer(http, monitor.http);
  if (Object.keys(changedHttp).length > 0) changed.http = changedHttp;
  const status = statusField(monitor.assertions);
  const inFormOrder = monitor.assertions.toSorted((a, b) => Number(b === status) - Number(a === status));
  if (!isSame(inFormOrder.map(plainly), assertions.map(plainly))) changed.assertions = assertions;
  return changed;
}

function entriesThatDiffer<T extends object>(after: T, before: { [K in keyof T]: unknown }): Partial<T> {
  const keys = Object.keys(after) as (keyof T)[]; // keys forgets whose they are
  return Object.fromEntries(
    keys.filter((key) => !isSame(after[key], before[key])).map((key) => [key, after[key]]),
  ) as Partial<T>; // and fromEntries what it was given
}

/** Whether two settings read the same; the database keeps keys in an order of its own. */
function isSame(left: unknown, right: unknown): boolean {
  const ordered = (_key: string, value: unknown): unknown =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return JSON.stringify(left, ordered) === JSON.stringify(right, ordered);
}

/** An assertion as the form would write it: "200" and 200, `equals` and `in` of one status come to the same. */
function plainly({ subject, name, comparator, value }: Assertion): string[] {
  const one = subject === 'status' && comparator === 'equals' ? 'in' : comparator;
  return [subject, name ?? '', one, String(value)];
}

/**
 * The field of the form that a path of the API stands for: `http.headers.X-A` is a line of headers, `assertions.0.value`
 * the expected status or a line of assertions. What has no field of its own comes back as it is.
 */
export function formPathOf(
  apiPath: string,
  form: Pick<MonitorFormInput, 'headers' | 'expectedStatus'>,
): string {
  const header = /^http\.headers\.(.+)$/.exec(apiPath)?.[1];
  if (header !== undefined) {
    const line = form.headers.findIndex(({ name }) => name === header);
    return line === -1 ? 'headers' : `headers.${line}.value`;
  }
  const http = /^http\.(method|headers|body|followRedirects)$/.exec(apiPath)?.[1];
  if (http !== undefined) return http;
  const [, number, rest] = /^assertions\.(\d+)\.?(.*)$/.exec(apiPath) ?? [];
  if (number === undefined) return apiPath;
  if (form.expectedStatus.trim() === '') return apiPath;
  return number === '0' ? 'expectedStatus' : `assertions.${Number(number) - 1}${rest ? `.${rest}` : ''}`;
}
