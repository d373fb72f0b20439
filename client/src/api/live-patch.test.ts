import { describe, expect, test } from 'vitest';
import { PLAIN_HTTP } from '../../../shared/checks/http-spec-input.ts';
import type { Monitor, MonitorListItem } from '../../../shared/monitoring/monitor.ts';
import { findOnPages, isOlder, type MonitorPage, mapPages, patchPage, removeFromPage } from './live-patch.ts';

const api: MonitorListItem = {
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
  recentLatenciesMs: [100, 110, 120],
};
const shop: MonitorListItem = { ...api, id: 'shop', name: 'Shop' };
const page: MonitorPage = { items: [api, shop], nextCursor: null, total: 2 };

const change = (fields: Partial<Monitor>): Monitor => {
  const { recentLatenciesMs: _chart, ...monitor } = api;
  return { ...monitor, ...fields };
};

describe('a change is put in where the monitor stands', () => {
  const down = change({
    state: 'down',
    stateSince: '2026-11-24T12:01:00.000Z',
    lastCheckedAt: '2026-11-24T12:01:00.000Z',
    latencyMs: null,
    reason: 'Connection refused.',
  });

  test('without changing places, though what is down would sort first', () => {
    const patched = patchPage({ ...page, items: [shop, api] }, down);
    expect(patched.items.map((item) => [item.id, item.state])).toEqual([
      ['shop', 'up'],
      ['api', 'down'],
    ]);
  });

  test('and its small chart gets one more point, a gap for a failed check', () => {
    expect(patchPage(page, down).items[0]?.recentLatenciesMs).toEqual([100, 110, 120, null]);
  });

  test('the small chart never grows beyond 24 points', () => {
    const full = { ...page, items: [{ ...api, recentLatenciesMs: Array.from({ length: 24 }, () => 5) }] };
    const chart = patchPage(full, down).items[0]?.recentLatenciesMs;
    expect(chart).toHaveLength(24);
    expect(chart?.at(-1)).toBeNull();
  });

  test('a change without a new check leaves the small chart alone', () => {
    const renamed = change({ name: 'Public API', updatedAt: '2026-11-24T12:00:30.000Z' });
    const item = patchPage(page, renamed).items[0];
    expect(item?.name).toBe('Public API');
    expect(item?.recentLatenciesMs).toEqual([100, 110, 120]);
  });

  test('rows that did not change are the same objects', () => {
    expect(patchPage(page, down).items[1]).toBe(shop);
    expect(patchPage({ ...page, items: [shop] }, down).items).toEqual([shop]);
  });
});

describe('what was read earlier never undoes what is held', () => {
  const paused = change({ state: 'paused', stateSince: '2026-11-24T12:00:10.000Z' });

  test('a change read before the pause is left out', () => {
    const stale = change({});
    expect(isOlder(stale, paused)).toBe(true);
    const held = { ...page, items: [{ ...paused, recentLatenciesMs: [] }] };
    expect(patchPage(held, stale)).toBe(held);
  });

  test('a change with a newer check is taken, though another of its instants is behind', () => {
    expect(isOlder(change({ lastCheckedAt: '2026-11-24T12:00:11.000Z' }), paused)).toBe(false);
  });

  test('the same once more is no older', () => {
    expect(isOlder(paused, paused)).toBe(false);
  });
});

describe('over all the pages that are loaded', () => {
  const pages = {
    pages: [page, { items: [{ ...api, id: 'www' }], nextCursor: null, total: 3 }],
    pageParams: [null, 'x'],
  };

  test('a removed monitor goes, and every page says the new total', () => {
    const all = { ...pages, pages: pages.pages.map((each) => ({ ...each, total: 3 })) };
    const left = mapPages(all, (each) => removeFromPage(each, 'shop'));
    expect(left.pages.map((each) => [each.items.map((item) => item.id), each.total])).toEqual([
      [['api'], 2],
      [['www'], 2],
    ]);
  });

  test('what is on no page changes nothing at all', () => {
    expect(mapPages(pages, (each) => removeFromPage(each, 'nothing'))).toBe(pages);
  });

  test('a monitor is found on whichever page it stands', () => {
    expect(findOnPages(pages, 'www')?.id).toBe('www');
    expect(findOnPages(page, 'www')).toBeUndefined();
  });
});
