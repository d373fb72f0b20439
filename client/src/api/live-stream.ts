import type { LiveChange } from '../../../shared/monitoring/live-change.ts';
import { isSilent, waitBeforeAttempt } from './live-timing.ts';

const WATCH_MS = 3000;

/** What a stream tells of itself. `opened` says whether it could resume: if not, changes may have been missed before. */
export type LiveStreamEvents = {
  opened(resumed: boolean): void;
  lost(): void;
  change(change: LiveChange, id: string): void;
  /**
   * The server ended the stream, or refused it: is the session still the one it was opened for? Rejecting means that
   * the server cannot be asked.
   */
  mayContinue(): Promise<boolean>;
};

/**
 * One EventSource on `live.changes` that comes back by itself: after the server restarted (with the last id it saw, so
 * that nothing is missed), after a laptop's sleep, after any silence longer than three pings. Ends when its session has.
 */
export class LiveStream {
  readonly #url: string;
  readonly #events: LiveStreamEvents;
  readonly #EventSource: typeof EventSource;
  #lastId: string | null;
  #source: EventSource | null = null;
  #failures = 0;
  #heardAtMs = 0;
  #attempt: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  #closed = false;

  constructor(
    events: LiveStreamEvents,
    options: { lastId: string | null; url?: string; EventSource?: typeof EventSource },
  ) {
    this.#events = events;
    this.#lastId = options.lastId;
    this.#url = options.url ?? '/trpc/live.changes';
    this.#EventSource = options.EventSource ?? EventSource;
    this.#open();
  }

  /** Tries at once instead of when the wait is over: the network came back, or someone looks at the page again. */
  hurry(): void {
    if (this.#closed) return;
    if (this.#source !== null) {
      if (isSilent(this.#heardAtMs, Date.now())) this.#lose();
      else return;
    }
    this.#open();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#attempt);
    this.#drop();
  }

  #open(): void {
    clearTimeout(this.#attempt);
    const resumed = this.#lastId !== null;
    const url = new URL(this.#url, globalThis.location?.href);
    if (this.#lastId !== null) url.searchParams.set('lastEventId', this.#lastId);
    const source = new this.#EventSource(url);
    this.#source = source;
    this.#heard();
    this.#watch = setInterval(() => {
      if (isSilent(this.#heardAtMs, Date.now())) this.#retry();
    }, WATCH_MS);

    source.addEventListener('connected', () => {
      this.#failures = 0;
      this.#heard();
      this.#events.opened(resumed);
    });
    source.addEventListener('ping', () => this.#heard());
    source.addEventListener('message', (event) => {
      this.#heard();
      this.#lastId = event.lastEventId;
      this.#events.change(JSON.parse(event.data) as LiveChange, event.lastEventId); // the type of our own server
    });
    // tRPC refuses a stream within the stream, under status 200.
    source.addEventListener('serialized-error', () => void this.#ask());
    source.addEventListener('return', () => void this.#ask());
    // The browser would come back by itself from some errors, at its own pace, and from others never.
    source.addEventListener('error', () => void this.#ask());
  }

  #heard(): void {
    this.#heardAtMs = Date.now();
  }

  /** After an end that may be the session's: asks first, since nobody may be brought back to a stream that is not his. */
  async #ask(): Promise<void> {
    this.#lose();
    const goesOn = await this.#events.mayContinue().catch(() => true);
    // Meanwhile it may have been closed, or hurried to a new attempt.
    if (this.#closed || this.#source !== null) return;
    if (goesOn) this.#retry();
    else this.close();
  }

  #retry(): void {
    this.#lose();
    this.#failures += 1;
    clearTimeout(this.#attempt);
    this.#attempt = setTimeout(() => this.#open(), waitBeforeAttempt(this.#failures, Math.random()));
  }

  #lose(): void {
    if (this.#source === null) return;
    this.#drop();
    this.#events.lost();
  }

  #drop(): void {
    clearInterval(this.#watch);
    this.#source?.close();
    this.#source = null;
  }
}
