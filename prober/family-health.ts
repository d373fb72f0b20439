import { type AddressFamily, familyOf } from '../shared/network/address-family.ts';
import { reachOneOf } from '../shared/network/reach-one-of.ts';
import type { ResolveHost } from '../shared/network/resolve-host.ts';
import type { Reference } from './reference-targets.ts';

/** A family that was heard of longer ago than this may be gone. */
const FRESH_MS = 10 * 60_000;
/** How long references may take to answer. */
const PATIENCE_MS = 1000;
/** What references say holds for so long from when they were asked: many dead targets must not make us a nuisance. */
const HOLDS_MS = 1500;

/**
 * Tells whether this prober has IPv4, and whether it has IPv6: what a family of its own that is gone says of a target is
 * nothing. The public internet and networks that were allowed are apart, as the ways there are.
 */
export class FamilyHealth {
  readonly #references: readonly Reference[];
  readonly #resolve: ResolveHost;
  readonly #isAllowedNetwork: (address: string) => boolean;
  /** When somebody answered last, by family, in `performance.now()`. */
  readonly #heardAt = { public: new Map<AddressFamily, number>(), allowed: new Map<AddressFamily, number>() };
  readonly #asked = new Map<AddressFamily, { at: number; answer: Promise<boolean | null> }>();

  constructor(options: {
    references: readonly Reference[];
    resolve: ResolveHost;
    isAllowedNetwork: (address: string) => boolean;
  }) {
    this.#references = options.references;
    this.#resolve = options.resolve;
    this.#isAllowedNetwork = options.isAllowedNetwork;
  }

  /** A connection to this address was made just now. */
  heard(address: string): void {
    this.#heardAt[this.#side(address)].set(familyOf(address), performance.now());
  }

  /**
   * Whether this prober has the family of an address: `now` when somebody else answered over it since `since` (of
   * `performance.now()`) or a reference target does; `lately` when that was within ten minutes and no reference has such an
   * address; else `no`. Never throws.
   *
   * @param signal ends it; the answer is then `no`
   */
  async hasFamilyOf(address: string, since: number, signal: AbortSignal): Promise<'now' | 'lately' | 'no'> {
    const side = this.#side(address);
    const family = familyOf(address);
    const heardAt = this.#heardAt[side].get(family) ?? Number.NEGATIVE_INFINITY;
    if (heardAt >= since) return 'now';
    const answered = side === 'public' ? await this.#ask(family, signal) : null;
    if (answered !== null) return answered ? 'now' : 'no';
    return heardAt >= performance.now() - FRESH_MS ? 'lately' : 'no';
  }

  /** Whether a reference answers over a family; null when none has an address of it. Who asks at the same time gets the same answer. */
  async #ask(family: AddressFamily, signal: AbortSignal): Promise<boolean | null> {
    let asked = this.#asked.get(family);
    if (asked === undefined || performance.now() - asked.at >= HOLDS_MS) {
      asked = { at: performance.now(), answer: this.#askOnce(family) };
      this.#asked.set(family, asked);
    }
    const ended = Promise.withResolvers<false>();
    const end = () => ended.resolve(false);
    if (signal.aborted) return false;
    signal.addEventListener('abort', end, { once: true });
    try {
      return await Promise.race([asked.answer, ended.promise]);
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  async #askOnce(family: AddressFamily): Promise<boolean | null> {
    const end = new AbortController();
    const silence = Promise.withResolvers<never>();
    silence.promise.catch(() => {}); // where every reference has answered, nobody waits for it
    end.signal.addEventListener('abort', () => silence.reject(end.signal.reason));
    const timer = setTimeout(() => end.abort(), PATIENCE_MS);
    let hasAddress = false;
    const reach = async ({ host, port }: Reference) => {
      const addresses = await Promise.race([this.#resolve(host), silence.promise]);
      const ofFamily = addresses.filter((address) => familyOf(address) === family);
      hasAddress ||= ofFamily.length > 0;
      const reached = await reachOneOf(ofFamily, port, { timeoutMs: PATIENCE_MS, signal: end.signal });
      if (reached?.accepts !== true) throw new Error(`${host} does not answer.`);
      this.heard(reached.address);
    };
    try {
      await Promise.any(this.#references.map(reach));
      return true;
    } catch {
      return hasAddress ? false : null; // what each said does not matter: none of them was reached
    } finally {
      clearTimeout(timer);
      end.abort();
    }
  }

  #side(address: string): 'public' | 'allowed' {
    return this.#isAllowedNetwork(address) ? 'allowed' : 'public';
  }
}
