import type { LiveChange } from '../../../shared/monitoring/live-change.ts';
import { LiveStream } from './live-stream.ts';

/**
 * `connecting` until the first stream stands, `away` from the moment it is lost until the next one stands; `ended` with
 * the session.
 */
export type LiveState = 'connecting' | 'live' | 'away' | 'ended';

type Message =
  | { type: 'change'; change: LiveChange; id: string }
  | { type: 'state'; state: LiveState; lastId: string | null }
  | { type: 'resync' }
  /** A tab that just opened asks how things stand. */
  | { type: 'hello' }
  /** A tab that someone looks at asks the leader to try at once. */
  | { type: 'hurry' };

export type LiveListener = {
  change(change: LiveChange): void;
  /** Changes may have been missed: everything that is shown is to be asked for again. */
  resync(): void;
  state(state: LiveState): void;
  mayContinue(): Promise<boolean>;
};

/**
 * One stream for all tabs of a browser: over HTTP/1.1 it allows six connections to a host, so six tabs with a stream
 * each would freeze. The tab that holds the lock has the stream and tells the others; when it closes, the next one gets
 * the lock and goes on from the last id. A browser without locks or channels has a stream for each tab.
 */
export class LiveSharing {
  readonly #listener: LiveListener;
  readonly #name: string;
  readonly #ended = new AbortController();
  readonly #channel: BroadcastChannel | null;
  readonly #streamOptions: { url?: string; EventSource?: typeof EventSource };
  #stream: LiveStream | null = null;
  #lastId: string | null = null;
  #state: LiveState = 'connecting';

  constructor(
    name: string,
    listener: LiveListener,
    streamOptions: { url?: string; EventSource?: typeof EventSource } = {},
  ) {
    this.#name = name;
    this.#listener = listener;
    this.#streamOptions = streamOptions;
    const shareable = 'locks' in navigator && typeof BroadcastChannel === 'function';
    this.#channel = shareable ? new BroadcastChannel(name) : null;
    if (this.#channel === null) this.#lead();
    else this.#join(this.#channel);
  }

  /** Has the stream tried again at once, by whichever tab has it. */
  hurry(): void {
    if (this.#stream !== null) this.#stream.hurry();
    else this.#tell({ type: 'hurry' });
  }

  stop(): void {
    this.#ended.abort();
    this.#stream?.close();
    this.#stream = null;
    this.#channel?.close();
  }

  #join(channel: BroadcastChannel): void {
    channel.addEventListener('message', (event: MessageEvent<Message>) => this.#hear(event.data));
    this.#tell({ type: 'hello' });
    navigator.locks
      .request(this.#name, { signal: this.#ended.signal }, () => {
        this.#lead();
        // The lock is held for as long as this promise is open: until this tab stops, or is gone.
        return new Promise<void>((release) => this.#ended.signal.addEventListener('abort', () => release()));
      })
      .catch(() => {
        // Stopped; or a browser that has locks and forbids them here, where each tab then has its own stream.
        if (!this.#ended.signal.aborted && this.#stream === null) this.#lead();
      });
  }

  #lead(): void {
    this.#stream = new LiveStream(
      {
        opened: (resumed) => {
          this.#enter('live');
          if (!resumed) this.#missed();
        },
        lost: () => this.#enter('away'),
        change: (change, id) => {
          this.#lastId = id;
          this.#tell({ type: 'change', change, id });
          this.#apply(change);
        },
        mayContinue: async () => {
          const continues = await this.#listener.mayContinue();
          if (!continues) this.#enter('ended');
          return continues;
        },
      },
      { lastId: this.#lastId, ...this.#streamOptions },
    );
  }

  #hear(message: Message): void {
    switch (message.type) {
      case 'hello':
        if (this.#stream !== null) this.#tell({ type: 'state', state: this.#state, lastId: this.#lastId });
        return;
      case 'hurry':
        this.#stream?.hurry();
        return;
      case 'change':
        this.#lastId = message.id;
        this.#apply(message.change);
        return;
      case 'state':
        this.#lastId = message.lastId ?? this.#lastId;
        this.#take(message.state);
        return;
      case 'resync':
        this.#listener.resync();
        return;
      default:
        message satisfies never;
    }
  }

  #apply(change: LiveChange): void {
    if (change.type === 'resync') this.#listener.resync();
    else this.#listener.change(change);
  }

  #missed(): void {
    this.#tell({ type: 'resync' });
    this.#listener.resync();
  }

  #enter(state: LiveState): void {
    this.#take(state);
    this.#tell({ type: 'state', state, lastId: this.#lastId });
  }

  #take(state: LiveState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#listener.state(state);
  }

  #tell(message: Message): void {
    if (!this.#ended.signal.aborted) this.#channel?.postMessage(message);
  }
}
