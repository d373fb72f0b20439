import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventSource } from 'undici';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LiveStream, type LiveStreamEvents } from './live-stream.ts';

/** A server that speaks as tRPC's event streams do: it keeps what was asked and the streams that stand. */
function createFeed() {
  const asked: (string | null)[] = [];
  const open = new Set<ServerResponse>();
  let refuseWith: number | null = null;
  const server = createServer((request, response) => {
    asked.push(new URL(request.url ?? '/', 'http://localhost').searchParams.get('lastEventId'));
    if (refuseWith !== null) {
      response.writeHead(refuseWith).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    open.add(response);
    response.on('close', () => open.delete(response));
    response.write('event: connected\ndata: {}\n\n');
  });
  const say = (text: string) => {
    for (const response of open) response.write(text);
  };
  return {
    asked,
    open,
    say,
    server,
    refuse: (status: number) => {
      refuseWith = status;
    },
    send: (monitorId: string, id: string) =>
      say(`data: ${JSON.stringify({ type: 'monitor_removed', monitorId })}\nid: ${id}\n\n`),
    cut: () => {
      for (const response of open) response.destroy();
    },
  };
}

let feed: ReturnType<typeof createFeed>;
let stream: LiveStream | undefined;
const heard: string[] = [];
const asks: (() => Promise<boolean>)[] = [];

const events: LiveStreamEvents = {
  opened: (resumed) => heard.push(resumed ? 'resumed' : 'opened'),
  lost: () => heard.push('lost'),
  change: (change, id) =>
    heard.push(`${change.type === 'monitor_removed' ? change.monitorId : change.type} ${id}`),
  mayContinue: () => (asks.shift() ?? (async () => true))(),
};

function open(): LiveStream {
  const { port } = feed.server.address() as AddressInfo;
  // undici's is the same interface over other classes of events
  const Source = EventSource as unknown as typeof globalThis.EventSource;
  stream = new LiveStream(events, {
    lastId: null,
    url: `http://localhost:${port}/live`,
    EventSource: Source,
  });
  return stream;
}

beforeEach(async () => {
  heard.length = 0;
  asks.length = 0;
  feed = createFeed();
  await new Promise<void>((listening) => feed.server.listen(0, 'localhost', listening));
});

afterEach(async () => {
  stream?.close();
  feed.server.closeAllConnections();
  await new Promise((closed) => feed.server.close(closed));
});

test('changes arrive with the place to resume from, and a cut stream resumes from there', async () => {
  open();
  await vi.waitFor(() => expect(heard).toEqual(['opened']));
  feed.send('api', '2026-11-24T12:00:00.000Z');
  await vi.waitFor(() => expect(heard).toEqual(['opened', 'api 2026-11-24T12:00:00.000Z']));

  feed.cut();
  await vi.waitFor(() => expect(heard.slice(2)).toEqual(['lost', 'resumed']), { timeout: 5000 });
  expect(feed.asked).toEqual([null, '2026-11-24T12:00:00.000Z']);
  feed.send('shop', '2026-11-24T12:00:05.000Z');
  await vi.waitFor(() => expect(heard.at(-1)).toBe('shop 2026-11-24T12:00:05.000Z'));
});

test('a stream whose session has ended is not opened again', async () => {
  asks.push(async () => false);
  open();
  await vi.waitFor(() => expect(heard).toEqual(['opened']));
  feed.say('event: return\ndata: \n\n');
  await vi.waitFor(() => expect(asks).toHaveLength(0));
  await vi.waitFor(() => expect(feed.open.size).toBe(0));
  stream?.hurry();
  expect(feed.asked).toHaveLength(1);
});

test('a stream that is refused because nobody is signed in any more is not opened again', async () => {
  asks.push(async () => false);
  open();
  await vi.waitFor(() => expect(heard).toEqual(['opened']));
  feed.say('event: serialized-error\ndata: {"data":{"reason":"not_signed_in"}}\n\n');
  await vi.waitFor(() => expect(asks).toHaveLength(0));
  await vi.waitFor(() => expect(feed.open.size).toBe(0));
  stream?.hurry();
  expect(feed.asked).toHaveLength(1);
});

test('a server that answers with an error is tried again, for as long as the session may stand', async () => {
  feed.refuse(503);
  open();
  await vi.waitFor(() => expect(feed.asked.length).toBeGreaterThanOrEqual(2), { timeout: 5000 });
  expect(heard).not.toContain('opened');
});

test('a server that cannot even be asked about the session does not end the stream', async () => {
  asks.push(() => Promise.reject(new Error('no network')));
  open();
  await vi.waitFor(() => expect(heard).toEqual(['opened']));
  feed.cut();
  await vi.waitFor(() => expect(heard).toEqual(['opened', 'lost', 'opened']), { timeout: 5000 });
});

test('a closed stream says nothing more', async () => {
  open();
  await vi.waitFor(() => expect(heard).toEqual(['opened']));
  stream?.close();
  await vi.waitFor(() => expect(feed.open.size).toBe(0));
  expect(heard).toEqual(['opened']);
});

test('a stream that fell silent is given up and opened anew', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
  try {
    open();
    await vi.waitFor(() => expect(heard).toEqual(['opened']));
    vi.advanceTimersByTime(14_000);
    expect(heard).toEqual(['opened']);
    vi.advanceTimersByTime(5000);
    expect(heard).toEqual(['opened', 'lost']);
  } finally {
    vi.useRealTimers();
  }
  await vi.waitFor(() => expect(heard).toEqual(['opened', 'lost', 'opened']), { timeout: 5000 });
});
