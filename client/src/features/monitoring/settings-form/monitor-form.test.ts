import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { PLAIN_HTTP } from '../../../../../shared/checks/http-spec-input.ts';
import type { Monitor } from '../../../../../shared/monitoring/monitor.ts';
import { createMonitorInput } from '../../../../../shared/monitoring/monitor-input.ts';
import { formPathOf } from './form-path.ts';
import { type MonitorFormInput, monitorFormSchema } from './monitor-form-schema.ts';
import { changedSettings, monitorFormValues, newMonitorValues, settingsOf } from './monitor-form-values.ts';

const monitor: Monitor = {
  id: '0196c8a0-0000-7000-8000-000000000001',
  name: 'API',
  kind: 'http',
  target: 'https://api.example.com/health',
  state: 'up',
  stateSince: '2026-11-24T10:00:00.000Z',
  reason: null,
  lastCheckedAt: null,
  latencyMs: null,
  uptime24h: null,
  intervalSeconds: 60,
  timeoutMs: 10_000,
  retries: 1,
  retryDelaySeconds: 5,
  recovery: 2,
  degradedAfterMs: 1500,
  certificateDays: null,
  quorum: null,
  flapChanges: 4,
  flapWindowMinutes: 15,
  flapQuietMinutes: 5,
  pausedFor: null,
  heldBack: null,
  flappingSince: null,
  silentRegions: [],
  regions: ['eu-west', 'us-east'],
  tags: ['api', 'public'],
  // jsonb keeps keys in an order of its own
  http: {
    ...PLAIN_HTTP,
    body: '{}',
    method: 'POST',
    headers: { 'X-B': '2', 'X-A': '1' },
    followRedirects: false,
  },
  assertions: [
    { subject: 'body', comparator: 'contains', value: 'ok' },
    { subject: 'status', comparator: 'equals', value: 200 },
    { subject: 'json', name: '$.count', comparator: 'less_than', value: 5 },
  ],
  createdAt: '2026-11-01T00:00:00.000Z',
  updatedAt: '2026-11-01T00:00:00.000Z',
};

const fresh: MonitorFormInput = {
  ...newMonitorValues(['local']),
  name: 'Shop',
  target: 'shop.example.com',
};

function problems(input: MonitorFormInput): Record<string, string> {
  const judged = v.safeParse(monitorFormSchema, input);
  if (judged.success) return {};
  return Object.fromEntries(
    judged.issues.map((issue) => [issue.path?.map(({ key }) => String(key)).join('.') ?? '', issue.message]),
  );
}

describe('a monitor survives its form', () => {
  const untouched = v.parse(monitorFormSchema, monitorFormValues(monitor));

  test('saved untouched, nothing changes', () => {
    expect(changedSettings(monitor, untouched)).toEqual({});
  });

  test('only what was changed is sent', () => {
    expect(changedSettings(monitor, { ...untouched, name: 'Public API', degradedAfterMs: null })).toEqual({
      name: 'Public API',
      degradedAfterMs: null,
    });
    expect(
      changedSettings(monitor, { ...untouched, http: { ...untouched.http, followRedirects: true } }),
    ).toEqual({
      http: { followRedirects: true },
    });
  });

  test('the expected status stands apart from the other assertions, and goes before them', () => {
    expect(monitorFormValues(monitor).expectedStatus).toBe('200');
    expect(changedSettings(monitor, { ...untouched, expectedStatus: '2xx' }).assertions).toEqual([
      { subject: 'status', comparator: 'in', value: '2xx' },
      { subject: 'body', comparator: 'contains', value: 'ok' },
      { subject: 'json', name: '$.count', comparator: 'less_than', value: 5 },
    ]);
  });

  test('a form body that was written otherwise, or a type without a body, is no change', () => {
    for (const http of [
      { ...monitor.http, bodyType: 'form' as const, body: 'q=a%20b&e' },
      { ...monitor.http, bodyType: 'json' as const, body: null },
    ]) {
      const stored = { ...monitor, http };
      expect(changedSettings(stored, v.parse(monitorFormSchema, monitorFormValues(stored)))).toEqual({});
    }
  });

  test('secrets that are kept are no change, and one that is replaced goes with what it belongs to', () => {
    const stored: Monitor = {
      ...monitor,
      http: {
        ...monitor.http,
        headers: { 'X-Api-Key': null, Accept: '*/*' },
        auth: { type: 'basic', username: 'ann', password: null },
        clientCertificate: { certificate: '-----BEGIN CERTIFICATE-----', key: null },
      },
    };
    const fields = monitorFormValues(stored);
    expect(changedSettings(stored, v.parse(monitorFormSchema, fields))).toEqual({});
    fields.http.auth.password = 'new';
    expect(changedSettings(stored, v.parse(monitorFormSchema, fields))).toEqual({
      http: { auth: { type: 'basic', username: 'ann', password: 'new' } },
    });
  });

  test('a client that is to name itself otherwise keeps its secret', () => {
    const auth = {
      type: 'oauth2' as const,
      tokenUrl: 'https://id.example.com/token',
      clientId: 'robot',
      clientSecret: null,
      scope: '',
      clientAuthentication: 'body' as const,
    };
    const stored: Monitor = { ...monitor, http: { ...monitor.http, auth } };
    const fields = monitorFormValues(stored);
    expect(changedSettings(stored, v.parse(monitorFormSchema, fields))).toEqual({});
    fields.http.auth.clientAuthentication = 'basic';
    expect(changedSettings(stored, v.parse(monitorFormSchema, fields))).toEqual({
      http: { auth: { ...auth, clientAuthentication: 'basic' } },
    });
  });

  test('the figures of the alerting rule are sent as numbers, and an empty one as none', () => {
    const fields = { ...monitorFormValues(monitor), quorum: '2', certificateDays: '', flapChanges: '0' };
    expect(changedSettings({ ...monitor, certificateDays: 7 }, v.parse(monitorFormSchema, fields))).toEqual({
      quorum: 2,
      certificateDays: null,
      flapChanges: 0,
    });
  });

  test('a body that was emptied is none', () => {
    expect(changedSettings(monitor, { ...untouched, http: { ...untouched.http, body: null } })).toEqual({
      http: { body: null },
    });
  });
});

test('what a new form comes to is what monitors.create takes, with its own defaults', () => {
  const { regions: _regions, ...settings } = settingsOf(v.parse(monitorFormSchema, fresh));
  const created = v.parse(createMonitorInput, { ...settings, kind: 'http' });
  const bare = v.parse(createMonitorInput, {
    name: 'Shop',
    kind: 'http',
    target: 'https://shop.example.com',
  });
  expect(created).toEqual({ ...bare, timeoutMs: 10_000 });
});

describe('what is wrong is said at its field, in the words of the API', () => {
  test.each<[string, Partial<MonitorFormInput>, Record<string, string>]>([
    ['nothing', {}, {}],
    ['no name', { name: '  ' }, { name: 'Give the monitor a name.' }],
    [
      'a port of another protocol',
      { target: 'example.com:22' },
      { target: expect.stringContaining('Port 22') },
    ],
    [
      'a password in the address',
      { target: 'https://a:b@example.com' },
      { target: expect.stringContaining('Leave user name') },
    ],
    ['a number that is none', { retries: 'two' }, { retries: 'Retry 0 to 5 times.' }],
    [
      'no number',
      { intervalSeconds: '' },
      { intervalSeconds: expect.stringContaining('Check every 10 seconds') },
    ],
    [
      'half a second retry',
      { retryDelaySeconds: '0.5' },
      { retryDelaySeconds: 'Wait 1 to 300 s between retries.' },
    ],
    [
      'a threshold that is none',
      { degradedAfterMs: 'x' },
      { degradedAfterMs: 'Use 1 to 30,000 ms, or leave it empty.' },
    ],
    [
      'a deadline as long as the interval',
      { intervalSeconds: '10', timeoutMs: '10000' },
      { timeoutMs: 'The deadline must be shorter than the interval.' },
    ],
    ['no region', { regions: [] }, { regions: 'Choose a region.' }],
    [
      'a status that is none',
      { expectedStatus: '99' },
      { expectedStatus: expect.stringContaining('Write a status') },
    ],
    ['a tag that is too long', { tags: `ok, ${'x'.repeat(41)}` }, { tags: 'Use 40 characters at most.' }],
    [
      'a header of ours',
      { http: { ...fresh.http, headers: [{ name: 'Host', value: 'a' }] } },
      { 'http.headers.0.name': 'StatusWatch sets this header itself.' },
    ],
    [
      'a header over two lines',
      { http: { ...fresh.http, headers: [{ name: 'X-A', value: 'a\nb' }] } },
      { 'http.headers.0.value': 'Use one line of printable characters.' },
    ],
    [
      'an assertion about no header in particular',
      { assertions: [{ subject: 'header', name: '', comparator: 'equals', value: 'a' }] },
      { 'assertions.0.name': 'Say which header, JSON path or CSS selector.' },
    ],
    [
      'a comparator of another subject',
      { assertions: [{ subject: 'latency', name: '', comparator: 'contains', value: '5' }] },
      { 'assertions.0.comparator': 'This comparator does not go with this subject.' },
    ],
  ])('%s', (_case, fields, expected) => {
    expect(problems({ ...fresh, ...fields })).toEqual(expected);
  });

  test('tags are split at commas, trimmed, and each stands once', () => {
    expect(v.parse(monitorFormSchema, { ...fresh, tags: ' api,public , ,api' }).tags).toEqual([
      'api',
      'public',
    ]);
  });
});

describe('what the server refuses is shown at the field it came from', () => {
  const headers = [
    { name: 'X-A', value: '' },
    { name: 'X.B', value: '' },
  ];
  test.each([
    ['timeoutMs', '', 'timeoutMs'],
    ['http.body', '', 'http.body'],
    ['http.headers', '', 'http.headers'],
    ['http.headers.X-A', '', 'http.headers.0.value'],
    ['http.headers.X.B', '', 'http.headers.1.value'],
    ['http.headers.X-C', '', 'http.headers'],
    ['http.auth', '', 'http.auth.type'],
    ['http.auth.password', '', 'http.auth.password'],
    ['http.clientCertificate', '', 'http.clientCertificate.certificate'],
    ['http.clientCertificate.key', '', 'http.clientCertificate.key'],
    ['assertions.0.value', '', 'assertions.0.value'],
    ['assertions.0.value', '2xx', 'expectedStatus'],
    ['assertions.2.name', '2xx', 'assertions.1.name'],
    ['assertions', '2xx', 'assertions'],
  ])('%s with expected status "%s" is %s', (apiPath, expectedStatus, formPath) => {
    expect(formPathOf(apiPath, { http: { headers, bodyType: 'none' }, expectedStatus })).toBe(formPath);
  });
});
