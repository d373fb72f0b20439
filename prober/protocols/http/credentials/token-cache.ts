import { createHash } from 'node:crypto';
import type { HttpAuth } from '../../../../shared/checks/http-auth-input.ts';
import { CheckFailure } from '../../check-failure.ts';

export type TokenClient = Extract<HttpAuth, { type: 'oauth2' }>;

/** What a token endpoint gave. @property lifetimeMs null when it did not say */
export type GivenToken = { token: string; lifetimeMs: number | null };

/** How long a token is used whose lifetime nobody told. */
const UNTOLD_MS = 5 * 60_000;
/** A token is let go of this long before it ends: it must still be good when the target looks at it. */
const SPARE_MS = 30_000;
/** More clients than this, and those that were used least lately ask anew. */
const MAX_TOKENS = 2000;

type Held = { token: string; untilMs: number };

/**
 * Tokens of OAuth2 clients, in memory only. Monitors of one client share its token, and where several want it at once, one
 * asks for all.
 */
export class TokenCache {
  readonly #held = new Map<string, Held>();
  readonly #asking = new Map<string, Promise<string>>();
  readonly #nowMs: () => number;

  /** @param nowMs milliseconds of a clock that never goes back */
  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /**
   * @param ask asks the token endpoint; not called while there is a good token
   * @returns whether the token is one that was there already
   */
  async take(
    client: TokenClient,
    ask: () => Promise<GivenToken>,
  ): Promise<{ token: string; wasThere: boolean }> {
    const key = keyOf(client);
    const held = this.#held.get(key);
    if (held !== undefined && held.untilMs > this.#nowMs()) {
      this.#keep(key, held);
      return { token: held.token, wasThere: true };
    }
    const asked = this.#asking.get(key);
    if (asked !== undefined) {
      try {
        return { token: await asked, wasThere: false };
      } catch (error) {
        // What the endpoint said holds for all. Who asked may also have run out of his own time: then we ask ourselves.
        if (error instanceof CheckFailure) throw error;
      }
    }
    const asking = this.#ask(key, ask);
    this.#asking.set(key, asking);
    try {
      return { token: await asking, wasThere: false };
    } finally {
      if (this.#asking.get(key) === asking) this.#asking.delete(key);
    }
  }

  /** A target does not take this token: the next check asks for another. */
  drop(client: TokenClient, token: string): void {
    const key = keyOf(client);
    if (this.#held.get(key)?.token === token) this.#held.delete(key);
  }

  async #ask(key: string, ask: () => Promise<GivenToken>): Promise<string> {
    const { token, lifetimeMs } = await ask();
    const usableMs = lifetimeMs === null ? UNTOLD_MS : lifetimeMs - SPARE_MS;
    if (usableMs > 0) this.#keep(key, { token, untilMs: this.#nowMs() + usableMs });
    return token;
  }

  #keep(key: string, held: Held): void {
    this.#held.delete(key); // the oldest of a map comes first in it: this one is new again
    this.#held.set(key, held);
    const [oldest] = this.#held.keys();
    if (this.#held.size > MAX_TOKENS && oldest !== undefined) this.#held.delete(oldest);
  }
}

/** A client that names itself in another way asks anew: whether the endpoint takes it so is to be found out. */
const keyOf = ({ tokenUrl, clientId, clientSecret, scope, clientAuthentication }: TokenClient) =>
  createHash('sha256')
    .update(JSON.stringify([tokenUrl, clientId, clientSecret, scope, clientAuthentication]))
    .digest('base64');
