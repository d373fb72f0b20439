import { familyOf } from '../../shared/network/address-family.ts';
import { type Reached, reachOneOf } from '../../shared/network/reach-one-of.ts';
import type { FamilyHealth } from '../family-health.ts';
import type { Degraded } from './protocol.ts';

/** A family that has not answered for so long is dead: long enough for a lost packet to be sent again, after a second. */
const PATIENCE_MS = 1500;

/** What the target has said itself, or what says nothing at all; other codes tell of this machine's own network. */
const DEAD: Record<string, string> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'reset the connection',
  ETIMEDOUT: 'did not answer',
};
/** What a router on the way says, and this machine too when it has no way there: it takes proof that it has one. */
const UNREACHABLE = new Set(['EHOSTUNREACH', 'EACCES']);

type Asked = { address: string; port: number; since: number; said: Promise<Reached | null> };

/**
 * Finds out, for a host with addresses of both families, whether the family that a check did not use answers too. It is asked
 * while the check goes on, with a bare connection that is closed at once.
 */
export class FamilyWatch {
  readonly #health: FamilyHealth;
  readonly #signal: AbortSignal;
  readonly #endsAt: number;
  /** Of several addresses each gets so long, so that the last ones are tried before the deadline. */
  readonly attemptTimeoutMs: number;
  /** By host and port: a chain of redirects may lead to one again and again. */
  readonly #asked = new Map<string, Asked>();

  /** @param options.signal ends what is under way when the check is over */
  constructor(options: { health: FamilyHealth; timeoutMs: number; signal: AbortSignal }) {
    this.#health = options.health;
    this.#signal = options.signal;
    this.#endsAt = performance.now() + options.timeoutMs;
    this.attemptTimeoutMs = Math.min(PATIENCE_MS, Math.round(options.timeoutMs / 4));
  }

  /**
   * A connection was made.
   *
   * @param addresses all that the host has and that may be used, checked
   */
  connected(addresses: readonly string[], address: string, port: number): void {
    this.#health.heard(address);
    const others = addresses.filter((other) => familyOf(other) !== familyOf(address));
    const place = `${others.join()}:${port}`;
    const since = performance.now();
    if (others.length === 0 || this.#asked.has(place) || since + PATIENCE_MS > this.#endsAt) return;
    const said = reachOneOf(others, port, { timeoutMs: PATIENCE_MS, signal: this.#signal });
    this.#asked.set(place, { address, port, since, said });
  }

  /** The first host of which only one family answers, where this prober has the other one itself; null when there is none. */
  async findDead(): Promise<Degraded | null> {
    for (const asked of this.#asked.values()) {
      const said = await asked.said;
      if (said?.accepts === true) this.#health.heard(said.address);
      else if (said !== null && (await this.#isItsFault(said, asked.since)))
        return degraded(asked.address, said);
    }
    return null;
  }

  async #isItsFault({ address, code }: Reached & { accepts: false }, since: number): Promise<boolean> {
    if (DEAD[code] === undefined && !UNREACHABLE.has(code)) return false;
    const end = new AbortController();
    const timer = setTimeout(() => end.abort(), this.#endsAt - performance.now());
    try {
      const has = await this.#health.hasFamilyOf(address, since, end.signal);
      return has === 'now' || (has === 'lately' && DEAD[code] !== undefined);
    } finally {
      clearTimeout(timer);
    }
  }
}

function degraded(reached: string, { address, code }: Reached & { accepts: false }): Degraded {
  const how = DEAD[code] ?? `cannot be reached (${code})`;
  return {
    code: 'address_family_dead',
    reason: `Reached over ${named(reached)}, but ${named(address)} ${how}.`,
  };
}

const named = (address: string) => (familyOf(address) === 4 ? `IPv4 (${address})` : `IPv6 ([${address}])`);
