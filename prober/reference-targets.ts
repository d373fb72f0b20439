import { connect, isIP } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ResolveHost } from '../shared/network/resolve-host.ts';

/** A place on the internet that is hardly ever away: where it cannot be reached, it is we who are cut off. */
export type Reference = { host: string; port: number };

/** How long all references together may take to answer. A lease leaves 5 s after the deadline of its check. */
const DEADLINE_MS = 1500;
/** They are asked one after the other; each after the first this much later than the one before it. */
const NEXT_AFTER_MS = 200;
/** From one time they are asked to the next, so that failing monitors do not make us a nuisance. */
const BETWEEN_MS = 500;
/** How often it is tried while none was ever reached. */
const LEARN_EVERY_MS = 30_000;

/**
 * Tells whether this prober is cut off from its references. One that was never reached since the prober started proves
 * nothing: a prober that watches a network without internet is not cut off.
 */
export class ReferenceTargets {
  readonly #references: readonly Reference[];
  readonly #resolve: ResolveHost;
  readonly #onTurn: (gone: boolean) => void;
  #enough = new AbortController();
  #stopped = false;
  #everReached = false;
  #asking: Promise<boolean> | null = null;
  #askedAt = Number.NEGATIVE_INFINITY;
  #heardAt = Number.NEGATIVE_INFINITY;
  #gone = false;
  #lastGoneAt = Number.NEGATIVE_INFINITY;
  #learning: NodeJS.Timeout | undefined;

  /** @param options.onTurn told when the references are gone, and when one is back */
  constructor(options: {
    references: readonly Reference[];
    resolve: ResolveHost;
    onTurn: (gone: boolean) => void;
  }) {
    this.#references = options.references;
    this.#resolve = options.resolve;
    this.#onTurn = options.onTurn;
  }

  /** Learns in the background which network this is, until a reference was reached. */
  start(): void {
    if (this.#references.length === 0) return;
    void this.#ask();
    this.#learning = setInterval(() => void this.#ask(), LEARN_EVERY_MS);
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#learning);
    this.#enough.abort();
  }

  /** Somebody else out there has answered just now: while that goes on it is the references that are away, and not we. */
  heard(): void {
    this.#heardAt = performance.now();
  }

  /**
   * Whether no reference answers now, or none did at some time since `since` (of `performance.now()`). All who ask in the same
   * moment get the same answer, of after they asked. Never throws.
   */
  async wereGone(since: number): Promise<boolean> {
    if (this.#references.length === 0) return false;
    const asked = this.#ask();
    if (!this.#everReached) return false; // nor is it waited for: a check that failed has been long enough
    return (await asked) || this.#lastGoneAt >= since;
  }

  #ask(): Promise<boolean> {
    this.#asking ??= this.#askOnce().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #askOnce(): Promise<boolean> {
    const restMs = this.#askedAt + BETWEEN_MS - performance.now();
    if (restMs > 0) await delay(restMs);
    if (this.#stopped) return false;
    this.#askedAt = performance.now();
    const isReached = await this.#isOneReached();
    // Who refuses at once, refuses: but it takes the whole time to know that nobody else answers either.
    if (!isReached && this.#everReached)
      await delay(Math.max(0, this.#askedAt + DEADLINE_MS - performance.now()));
    if (this.#stopped) return false;
    if (isReached) {
      this.#everReached = true;
      clearInterval(this.#learning);
    }
    const gone = this.#everReached && !isReached && this.#heardAt < this.#askedAt;
    if (gone) this.#lastGoneAt = performance.now();
    if (gone !== this.#gone) this.#onTurn(gone);
    this.#gone = gone;
    return gone;
  }

  async #isOneReached(): Promise<boolean> {
    const enough = new AbortController();
    this.#enough = enough;
    // What has arrived is heard first, as in a check: a busy prober must not call that silence.
    const timer = setTimeout(() => setImmediate(() => enough.abort()), DEADLINE_MS);
    try {
      await Promise.any(
        this.#references.map((reference, index) =>
          this.#reach(reference, index * NEXT_AFTER_MS, enough.signal),
        ),
      );
      return true;
    } catch {
      return false; // every one of them failed: what each said does not matter, and a cut network says many things
    } finally {
      clearTimeout(timer);
      enough.abort();
    }
  }

  /** Connects to one address of each family, and lets go at once. @throws when neither answers, or `signal` comes first */
  async #reach({ host, port }: Reference, afterMs: number, signal: AbortSignal): Promise<void> {
    await delay(afterMs, undefined, { signal });
    const aborted = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => aborted.reject(signal.reason), { once: true });
    const addresses = await Promise.race([this.#resolve(host), aborted.promise]);
    const oneOfEach = [4, 6].map((family) => addresses.find((address) => isIP(address) === family));
    const sockets = oneOfEach
      .filter((address) => address !== undefined)
      .map((address) => connect(port, address));
    try {
      const connected = sockets.map(
        (socket) =>
          new Promise<void>((done, fail) => {
            socket.once('connect', done);
            socket.on('error', fail); // also one that comes when nobody waits any more
          }),
      );
      await Promise.race([Promise.any(connected), aborted.promise]);
    } finally {
      for (const socket of sockets) socket.destroy();
    }
  }
}
