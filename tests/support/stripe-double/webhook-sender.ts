import { signWebhook } from './sign-webhook.ts';
import type { KeptEvent, State } from './state.ts';

const ANSWER_WITHIN_MS = 10_000;
/** Stripe goes on for three days; so does the double, with a pause that doubles. */
const GIVE_UP_AFTER_ATTEMPTS = 20;
const LONGEST_PAUSE_MS = 6 * 3_600_000;

export type WebhookOptions = {
  url: string | undefined;
  /** All that are in force; more than one while they are rotated. */
  secrets: readonly string[];
  /** The pause before the second attempt; it doubles. */
  retryAfterMs: number;
};

/** Gives events to the endpoint, signed, at least once, in no order that one could count on. */
export class WebhookSender {
  readonly #state: State;
  readonly #changed: () => void;
  readonly #options: WebhookOptions;
  /** Attempts that are on their way or wait for their turn, each with what ends it. */
  readonly #active = new Map<Promise<void>, AbortController>();
  #holding = false;

  /** @param changed is told when it is known more of a delivery */
  constructor(state: State, options: WebhookOptions, changed: () => void) {
    this.#state = state;
    this.#options = options;
    this.#changed = changed;
  }

  /** Where to, and with what; events that had nowhere to go go there now. */
  set(options: Partial<WebhookOptions>): void {
    const wasNowhere = this.#options.url === undefined;
    Object.assign(this.#options, options);
    if (wasNowhere && !this.#holding) this.sendPending();
  }

  /** Keeps every event from now on until `release`. */
  hold(): void {
    this.#holding = true;
  }

  /** Events that wait, oldest first. */
  held(): KeptEvent[] {
    return this.#state.events.filter(({ delivery }) => delivery === 'pending');
  }

  /** Sends what waits, and holds nothing any more. */
  release(): void {
    this.#holding = false;
    this.sendPending();
  }

  /** An event was made. */
  send(eventId: string): void {
    if (!this.#holding && this.#options.url !== undefined) this.#start(this.#find(eventId));
  }

  sendPending(): void {
    for (const kept of this.held()) this.send(kept.event.id);
  }

  /** Sends one event once, now, whether or not it was sent before. @returns the status of the answer */
  async deliver(eventId: string): Promise<number> {
    const kept = this.#find(eventId);
    const status = await this.post(this.bodyOf(kept));
    this.#note(kept, status);
    return status;
  }

  bodyOf({ event }: KeptEvent): string {
    return JSON.stringify(event, null, 2);
  }

  /**
   * Posts any body, signed as it is told.
   *
   * @param as another signature, secrets of somebody else, another time
   * @returns the status of the answer
   */
  async post(
    body: string,
    as: { signature?: string | null; secrets?: readonly string[]; timestampSeconds?: number } = {},
    signal: AbortSignal = new AbortController().signal,
  ): Promise<number> {
    const { url, secrets } = this.#options;
    if (url === undefined) throw new Error('There is no endpoint yet.');
    // Of everybody's time: an endpoint compares it with its own clock.
    const timestampSeconds = as.timestampSeconds ?? Math.floor(Date.now() / 1000);
    const signature = as.signature ?? signWebhook(body, as.secrets ?? secrets, timestampSeconds);
    const response = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        ...(as.signature === null ? {} : { 'stripe-signature': signature }),
      },
    });
    await response.arrayBuffer();
    return response.status;
  }

  /** Waits until everything that is not held has been delivered, or given up. */
  async settled(): Promise<void> {
    while (this.#active.size > 0) await Promise.all(this.#active.keys());
  }

  async stop(): Promise<void> {
    this.#holding = true;
    for (const abort of this.#active.values()) abort.abort();
    await this.settled();
  }

  #start(kept: KeptEvent): void {
    const abort = new AbortController();
    const run = this.#deliverAtLeastOnce(kept, abort.signal).finally(() => this.#active.delete(run));
    this.#active.set(run, abort);
  }

  async #deliverAtLeastOnce(kept: KeptEvent, signal: AbortSignal): Promise<void> {
    // Never within the change that made it: what follows it is done by then.
    await pause(0, signal);
    while (!signal.aborted && !this.#holding && kept.delivery === 'pending') {
      this.#note(kept, await this.#attempt(kept, signal));
      if (kept.delivery !== 'pending') return;
      const doubled = this.#options.retryAfterMs * 2 ** (kept.attempts - 1);
      await pause(Math.min(doubled, LONGEST_PAUSE_MS), signal);
    }
  }

  /** 0 stands for an endpoint that gave no answer. */
  async #attempt(kept: KeptEvent, signal: AbortSignal): Promise<number> {
    try {
      return await this.post(this.bodyOf(kept), {}, signal);
    } catch {
      return 0; // away, too slow, or we are ending; all that counts is that it did not take the event
    }
  }

  #note(kept: KeptEvent, status: number): void {
    kept.attempts += 1;
    if (status >= 200 && status < 300) {
      kept.delivery = 'delivered';
      kept.event.pending_webhooks = 0;
    } else if (kept.delivery === 'pending' && kept.attempts >= GIVE_UP_AFTER_ATTEMPTS) {
      kept.delivery = 'failed';
    }
    this.#changed();
  }

  #find(eventId: string): KeptEvent {
    const found = this.#state.events.find(({ event }) => event.id === eventId);
    if (found === undefined) throw new Error(`There is no event ${eventId}.`);
    return found;
  }
}

/** Ends early, without an error, with the signal. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
