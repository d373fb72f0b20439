import { QueryClient } from '@tanstack/query-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PLAIN_HTTP } from '../../../shared/checks/http-spec-input.ts';
import type { Monitor, MonitorListItem } from '../../../shared/monitoring/monitor.ts';
import { LiveCache } from './live-cache.ts';

const monitor = (fields: Partial<Monitor>): Monitor => ({
  id: 'api',
  name: 'API',
  kind: 'http',
  target: 'https://api.example.com/',
  state: 'up',
  stateSince: '2026-11-24T10:00:00.000Z',
  reason: null,
  lastCheckedAt: '2026-11-24T12:00:00.000Z',
  latencyMs: 120,
  uptime24h: 1,
  intervalSeconds: 60,
  timeoutMs: 10_000,
  retries: 1,
  retryDelaySeconds: 5,
  recovery: 1,
  degradedAfterMs: null,
  certificateDays: null,
  quorum: null,
  flapChanges: 4,
  flapWindowMinutes: 15,
  flapQuietMinutes: 5,
  pausedFor: null,
  heldBack: null,
  flappingSince: null,
  silentRegions: [],
  regions: ['local'],
  tags: [],
  http: PLAIN_HTTP,
  assertions: [],
  createdAt: '2026-11-01T00:00:00.000Z',
  updatedAt: '2026-11-01T00:00:00.000Z',
  ...fields,
});
const row = (fields: Partial<Monitor>): MonitorListItem => ({ ...monitor(fields), recentLatenciesMs: [] });

const LIST = [['monitors', 'list'], { input: { sort: 'state' }, type: 'infinite' }];
const GET = [['monitors', 'get'], { input: { monitorId: 'api' }, type: 'query' }];
const SUMMARY = [['monitors', 'summary'], { type: 'query' }];
const ME = [['auth', 'me'], { type: 'query' }];
const MEMBERS = [['members', 'list'], { type: 'query' }];
const SESSIONS = [['sessions', 'list'], { type: 'query' }];

let client: QueryClient;
let cache: LiveCache;
let turns = 0;

beforeEach(() => {
  client = new QueryClient();
  turns = 0;
  cache = new LiveCache(client, () => {
    turns += 1;
  });
  client.setQueryData(LIST, {
    pages: [{ items: [row({}), row({ id: 'shop', name: 'Shop' })], nextCursor: null, total: 2 }],
    pageParams: [null],
  });
  client.setQueryData(GET, monitor({}));
  client.setQueryData(SUMMARY, { total: 2 });
});

afterEach(() => {
  cache.stop();
  client.clear();
  vi.useRealTimers();
});

const listed = () =>
  (client.getQueryData(LIST) as { pages: { items: MonitorListItem[]; total: number }[] }).pages[0];
const isInvalid = (key: unknown[]) => client.getQueryState(key)?.isInvalidated;

describe('a check that changes no state', () => {
  const checked = monitor({ lastCheckedAt: '2026-11-24T12:01:00.000Z', latencyMs: 99 });

  test('is put into the list and the monitor’s own page, and asks for nothing', () => {
    vi.useFakeTimers();
    cache.apply({ type: 'monitor', monitor: checked });
    vi.runAllTimers();
    expect(listed()?.items[0]?.latencyMs).toBe(99);
    expect((client.getQueryData(GET) as Monitor).latencyMs).toBe(99);
    expect(isInvalid(SUMMARY)).toBe(false);
    expect(turns).toBe(0);
  });

  test('leaves the age of what is held as it was: the rest of it got no younger', () => {
    client.setQueryData(LIST, client.getQueryData(LIST), { updatedAt: 1000 });
    cache.apply({ type: 'monitor', monitor: checked });
    expect(client.getQueryState(LIST)?.dataUpdatedAt).toBe(1000);
  });

  test('of a monitor on another page of the list is no turn', () => {
    cache.apply({ type: 'monitor', monitor: { ...checked, id: 'elsewhere' } });
    expect(turns).toBe(0);
  });
});

describe('a turn', () => {
  const down = monitor({
    state: 'down',
    stateSince: '2026-11-24T12:01:00.000Z',
    lastCheckedAt: '2026-11-24T12:01:00.000Z',
  });

  test('is told once, and the counts are asked for once however many turn together', () => {
    vi.useFakeTimers();
    const counts = vi.spyOn(client, 'invalidateQueries');
    cache.apply({ type: 'monitor', monitor: down });
    cache.apply({ type: 'monitor', monitor: { ...down, id: 'shop' } });
    cache.apply({ type: 'monitor', monitor: down });
    vi.runAllTimers();
    expect(turns).toBe(2);
    expect(counts.mock.calls).toEqual([[{ queryKey: [['monitors', 'summary']] }]]);
    expect(isInvalid(SUMMARY)).toBe(true);
  });

  test('leaves the rows in their places', () => {
    cache.apply({ type: 'monitor', monitor: { ...down, id: 'shop' } });
    expect(listed()?.items.map((item) => [item.id, item.state])).toEqual([
      ['api', 'up'],
      ['shop', 'down'],
    ]);
  });

  test('of a monitor that no page shows is a turn when it has just happened', () => {
    cache.apply({ type: 'monitor', monitor: { ...down, id: 'elsewhere' } });
    expect(turns).toBe(1);
  });
});

test('a new monitor, made in another tab, is a turn: the list asks for it', () => {
  const createdAt = '2026-11-24T12:05:00.000Z';
  cache.apply({
    type: 'monitor',
    monitor: monitor({
      id: 'new',
      state: 'pending',
      lastCheckedAt: null,
      stateSince: createdAt,
      createdAt,
      updatedAt: createdAt,
    }),
  });
  expect(turns).toBe(1);
});

test('a removed monitor leaves the list, and its own page asks and learns that it is gone', () => {
  cache.apply({ type: 'monitor_removed', monitorId: 'api' });
  expect(listed()?.items.map((item) => item.id)).toEqual(['shop']);
  expect(listed()?.total).toBe(1);
  expect(isInvalid(GET)).toBe(true);
});

test('the page of one monitor is not touched by changes of another', () => {
  cache.apply({ type: 'monitor', monitor: monitor({ id: 'shop', latencyMs: 7 }) });
  expect((client.getQueryData(GET) as Monitor).id).toBe('api');
});

test('who watches a monitor hears of each of its checks, even of one that another region made first', () => {
  let heard = 0;
  const unwatch = cache.watch('api', () => {
    heard += 1;
  });
  cache.apply({ type: 'monitor', monitor: monitor({}) });
  cache.apply({ type: 'monitor', monitor: monitor({ id: 'shop' }) });
  expect(heard).toBe(1);
  unwatch();
  cache.apply({ type: 'monitor', monitor: monitor({}) });
  expect(heard).toBe(1);
});

test('another name, end or role in the organization has it asked who is signed in and who belongs to it, and nothing else', () => {
  for (const key of [ME, MEMBERS]) client.setQueryData(key, {});
  cache.apply({ type: 'organization' });
  expect([ME, MEMBERS, LIST, GET, SUMMARY].map(isInvalid)).toEqual([true, true, false, false, false]);
});

test('a resync asks again for all that the stream tells of, and for nothing else', () => {
  for (const key of [ME, MEMBERS, SESSIONS]) client.setQueryData(key, {});
  cache.apply({ type: 'resync' });
  expect([LIST, GET, SUMMARY, ME, MEMBERS, SESSIONS].map(isInvalid)).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
  ]);
});
