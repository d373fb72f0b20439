import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventSource } from 'undici';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LiveSharing, type LiveState } from './live-sharing.ts';

const streams = new Set<ServerResponse>();
const asked: (string | null)[] = [];
const server = createServer((request, response) => {
  asked.push(new URL(request.url ?? '/', 'http://localhost').searchParams.get('lastEventId'));
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  streams.add(response);
  response.on('close', () => streams.delete(response));
  response.write('event: connected\ndata: {}\n\n');
});
const say = (text: string) => {
  for (const response of streams) response.write(text);
};
const remove = (monitorId: string, id: string) =>
  say(`data: ${JSON.stringify({ type: 'monitor_removed', monitorId })}\nid: ${id}\n\n`);

/** A tab: what its page was told. */
function openTab(name: string, continues = true) {
  const { port } = server.address() as AddressInfo;
  const removed: string[] = [];
  const states: LiveState[] = [];
  let resyncs = 0;
  const sharing = new LiveSharing(
    name,
    {
      change: (change) => removed.push(change.type === 'monitor_removed' ? change.monitorId : change.type),
      resync: () => {
        resyncs += 1;
      },
      state: (state) => states.push(state),
      mayContinue: async () => continues,
    },
    // undici's is the same interface over other classes of events
    {
      url: `http://localhost:${port}/`,
      EventSource: EventSource as unknown as typeof globalThis.EventSource,
    },
  );
  const tab = { removed, states, resyncs: () => resyncs, close: () => sharing.stop() };
  tabs.push(tab);
  return tab;
}
const tabs: { close: () => void }[] = [];
let count = 0;
const freshName = () => `live-test-${count++}`;

beforeEach(async () => {
  asked.length = 0;
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
});

afterEach(async () => {
  for (const tab of tabs.splice(0)) tab.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

test('three tabs share one stream, and each hears every change once', async () => {
  const name = freshName();
  const first = openTab(name);
  await vi.waitFor(() => expect(first.states).toEqual(['live']));
  const others = [openTab(name), openTab(name)];
  for (const tab of others) await vi.waitFor(() => expect(tab.states).toEqual(['live']));
  remove('api', '2026-11-24T12:00:00.000Z');
  for (const tab of [first, ...others]) await vi.waitFor(() => expect(tab.removed).toEqual(['api']));
  expect(asked).toHaveLength(1);
  expect(streams.size).toBe(1);
});

test('when the tab with the stream closes, another goes on from the last change and misses nothing', async () => {
  const name = freshName();
  const first = openTab(name);
  await vi.waitFor(() => expect(first.states).toEqual(['live']));
  const second = openTab(name);
  remove('api', '2026-11-24T12:00:00.000Z');
  await vi.waitFor(() => expect(second.removed).toEqual(['api']));
  const resyncsBefore = second.resyncs();

  first.close();
  await vi.waitFor(() => expect(asked).toEqual([null, '2026-11-24T12:00:00.000Z']));
  await vi.waitFor(() => expect(streams.size).toBe(1));
  remove('shop', '2026-11-24T12:00:09.000Z');
  await vi.waitFor(() => expect(second.removed).toEqual(['api', 'shop']));
  expect(first.removed).toEqual(['api']);
  expect(second.resyncs()).toBe(resyncsBefore);
});

test('a stream that could not resume has every tab ask again for what it shows', async () => {
  const name = freshName();
  const first = openTab(name);
  const second = openTab(name);
  await vi.waitFor(() => expect(first.resyncs()).toBe(1));
  await vi.waitFor(() => expect(second.resyncs()).toBe(1));
});

test('a session that ended ends the page of every tab', async () => {
  const name = freshName();
  const first = openTab(name, false);
  const second = openTab(name, false);
  for (const tab of [first, second]) await vi.waitFor(() => expect(tab.states).toContain('live'));
  say('event: return\ndata: \n\n');
  for (const tab of [first, second]) await vi.waitFor(() => expect(tab.states.at(-1)).toBe('ended'));
  expect(asked).toHaveLength(1);
});

test('tabs of two organizations have a stream each', async () => {
  const [ours, theirs] = [openTab(freshName()), openTab(freshName())];
  for (const tab of [ours, theirs]) await vi.waitFor(() => expect(tab.states).toEqual(['live']));
  expect(asked).toHaveLength(2);
});

test('a browser without locks has a stream for each tab', async () => {
  vi.stubGlobal('navigator', {});
  try {
    const name = freshName();
    const [first, second] = [openTab(name), openTab(name)];
    for (const tab of [first, second]) await vi.waitFor(() => expect(tab.states).toEqual(['live']));
    remove('api', '2026-11-24T12:00:00.000Z');
    for (const tab of [first, second]) await vi.waitFor(() => expect(tab.removed).toEqual(['api']));
    expect(asked).toHaveLength(2);
  } finally {
    vi.unstubAllGlobals();
  }
});

test('a browser that forbids locks has a stream for each tab, too', async () => {
  const request = () => Promise.reject(new DOMException('Storage is blocked.', 'SecurityError'));
  vi.stubGlobal('navigator', { locks: { request } });
  try {
    const tab = openTab(freshName());
    await vi.waitFor(() => expect(tab.states).toEqual(['live']));
  } finally {
    vi.unstubAllGlobals();
  }
});
