import type { Assertion } from '../../../../../shared/checks/assertion-input.ts';
import { type HttpSettings, PLAIN_HTTP } from '../../../../../shared/checks/http-spec-input.ts';
import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import {
  DEFAULT_INTERVAL_SECONDS,
  defaultTimeoutMs,
  type UpdateMonitorInput,
} from '../../../../../shared/monitoring/monitor-input.ts';
import type { TryMonitorInput } from '../../../../../shared/monitoring/try-monitor.ts';
import { assertionLineOf, phaseOrName } from './assertion-line-schema.ts';
import { formBodyOf, formLinesOf, type HttpFormInput } from './http-form-schema.ts';
import type { DraftFormOutput, MonitorFormInput, MonitorFormOutput } from './monitor-form-schema.ts';

type Settings = Required<Omit<UpdateMonitorInput, 'monitorId' | 'http'>> & { http: HttpSettings };
type SettingsOf = Pick<Monitor, keyof Settings>;

const NO_AUTH: HttpFormInput['auth'] = {
  type: 'none',
  username: '',
  password: '',
  token: '',
  tokenUrl: '',
  clientId: '',
  clientSecret: '',
  scope: '',
  clientAuthentication: 'basic',
};

/** The fields of a form for a monitor that does not exist yet, with the defaults of `monitors.create`. */
export function newMonitorValues(regions: string[]): MonitorFormInput {
  return {
    name: '',
    target: '',
    http: httpFormValues(PLAIN_HTTP),
    expectedStatus: '',
    degradedAfterMs: '',
    certificateDays: '7',
    assertions: [],
    intervalSeconds: String(DEFAULT_INTERVAL_SECONDS),
    timeoutMs: String(defaultTimeoutMs(DEFAULT_INTERVAL_SECONDS)),
    retries: '1',
    retryDelaySeconds: '5',
    recovery: '1',
    quorum: '',
    flapChanges: '4',
    flapWindowMinutes: '15',
    flapQuietMinutes: '5',
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
    http: httpFormValues(monitor.http),
    expectedStatus: status === null ? '' : String(status.value),
    degradedAfterMs: numberField(monitor.degradedAfterMs),
    certificateDays: numberField(monitor.certificateDays),
    assertions: monitor.assertions.filter((assertion) => assertion !== status).map(assertionLineOf),
    intervalSeconds: String(monitor.intervalSeconds),
    timeoutMs: String(monitor.timeoutMs),
    retries: String(monitor.retries),
    retryDelaySeconds: String(monitor.retryDelaySeconds),
    recovery: String(monitor.recovery),
    quorum: numberField(monitor.quorum),
    flapChanges: String(monitor.flapChanges),
    flapWindowMinutes: String(monitor.flapWindowMinutes),
    flapQuietMinutes: String(monitor.flapQuietMinutes),
    regions: [...monitor.regions],
    tags: monitor.tags.join(', '),
  };
}

const numberField = (value: number | null) => (value === null ? '' : String(value));

/** How a monitor asks, as fields. Secrets that are kept stay null: the fields say that they are there. */
function httpFormValues(http: HttpSettings): HttpFormInput {
  const { headers, body, bodyType, graphqlVariables, auth, clientCertificate, ...rest } = http;
  return {
    ...rest,
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    bodyType: body === null ? 'none' : bodyType,
    body: bodyType === 'form' ? '' : (body ?? ''),
    formLines: bodyType === 'form' ? formLinesOf(body ?? '') : [],
    graphqlVariables: graphqlVariables ?? '',
    auth: { ...NO_AUTH, ...auth },
    clientCertificate: clientCertificate ?? { certificate: '', key: '' },
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

function withExpectedStatus(expectedStatus: string, assertions: Assertion[]): Assertion[] {
  return expectedStatus === ''
    ? assertions
    : [{ subject: 'status', comparator: 'in', value: expectedStatus }, ...assertions];
}

/** What the form came to, as `monitors.create` and `monitors.update` take it. */
export function settingsOf(form: MonitorFormOutput): Settings {
  const { expectedStatus, assertions, ...rest } = form;
  return { ...rest, assertions: withExpectedStatus(expectedStatus, assertions) };
}

/** What the form came to, as `monitors.try` takes it; with `monitorId`, kept secrets are those of that monitor. */
export function draftOf(
  form: DraftFormOutput,
  { monitorId, region }: { monitorId: string | undefined; region: string | undefined },
): TryMonitorInput {
  const { expectedStatus, assertions, ...rest } = form;
  return {
    ...rest,
    kind: 'http',
    assertions: withExpectedStatus(expectedStatus, assertions),
    ...(monitorId === undefined ? {} : { monitorId }),
    ...(region === undefined ? {} : { region }),
  };
}

/** What differs from the monitor as it is: only that is sent, so that two people who edit at once both keep their work. */
export function changedSettings(
  monitor: SettingsOf,
  form: MonitorFormOutput,
): Omit<UpdateMonitorInput, 'monitorId'> {
  const { http, assertions, ...rest } = settingsOf(form);
  const changed: Omit<UpdateMonitorInput, 'monitorId'> = entriesThatDiffer(rest, monitor);
  const changedHttp = entriesThatDiffer(http, asFormWrites(monitor.http));
  if (Object.keys(changedHttp).length > 0) changed.http = changedHttp;
  const status = statusField(monitor.assertions);
  const inFormOrder = monitor.assertions.toSorted((a, b) => Number(b === status) - Number(a === status));
  if (!isSame(inFormOrder.map(plainly), assertions.map(plainly))) changed.assertions = assertions;
  return changed;
}

/** The same request in the form's own spelling: "a=b%20c" as "a=b+c", and no type for a body that is not there. */
function asFormWrites(http: HttpSettings): HttpSettings {
  if (http.body === null) return { ...http, bodyType: 'text' };
  return http.bodyType === 'form' ? { ...http, body: formBodyOf(formLinesOf(http.body)) } : http;
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
  return [subject, phaseOrName(subject, name), one, String(value)];
}
