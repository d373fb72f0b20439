import { onTestFinished } from 'vitest';
import type { LiveChange } from '../../shared/monitoring/live-change.ts';
import type { ApiClient } from './api-client.ts';
import { eventually } from './eventually.ts';

export type StreamEvent = { event: string; id: string | null; data: string };

export type EventStream = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Everything that has come, pings and all. */
  events: StreamEvent[];
  /** The changes among it, with the place to resume from. */
  changes: () => { id: string | null; change: LiveChange }[];
  /** Waits for a change that `is` it. */
  hears: (
    is: (change: LiveChange) => boolean,
    withinMs?: number,
  ) => Promise<{ id: string | null; change: LiveChange }>;
  /** Whether the server has ended it, or cut it off. */
  ended: () => boolean;
  close: () => void;
};

/** Opens `live.changes` as a browser's EventSource does; it is closed when the test is over. */
export async function openEventStream(
  client: ApiClient,
  lastEventId?: string,
  resumeBy: 'input' | 'header' = 'input',
): Promise<EventStream> {
  const aborted = new AbortController();
  onTestFinished(() => aborted.abort());
  const byInput = lastEventId !== undefined && resumeBy === 'input';
  const byHeader = lastEventId !== undefined && resumeBy === 'header';
  const input = byInput ? `?input=${encodeURIComponent(JSON.stringify({ lastEventId }))}` : '';
  const headers: Record<string, string> = byHeader ? { 'last-event-id': lastEventId } : {};
  const response = await client.stream(`/trpc/live.changes${input}`, aborted.signal, headers);
  const events: StreamEvent[] = [];
  let ended = false;
  // Ended or cut off: to a page it is the same, and it comes back.
  const end = () => {
    ended = true;
  };
  void readEvents(response.body, (event) => events.push(event)).then(end, end);
  const changes = () =>
    events
      .filter(({ event }) => event === 'message')
      .map(({ id, data }) => ({ id, change: JSON.parse(data) as LiveChange })); // what the API's type says
  return {
    status: response.statusCode,
    headers: response.headers,
    events,
    changes,
    hears: (is, withinMs = 5000) => eventually(() => changes().find(({ change }) => is(change)), withinMs),
    ended: () => ended,
    close: () => aborted.abort(),
  };
}

async function readEvents(body: AsyncIterable<Buffer>, note: (event: StreamEvent) => void): Promise<void> {
  let text = '';
  for await (const chunk of body) {
    text += chunk.toString('utf8');
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) note(parseEvent(block));
  }
}

/** One block of an event stream (WHATWG HTML, section 9.2). */
function parseEvent(block: string): StreamEvent {
  const event: StreamEvent = { event: 'message', id: null, data: '' };
  for (const line of block.split('\n')) {
    const [name, value = ''] = line.split(/: ?(.*)/s);
    if (name === 'event') event.event = value;
    if (name === 'id') event.id = value;
    if (name === 'data') event.data += value;
  }
  return event;
}
