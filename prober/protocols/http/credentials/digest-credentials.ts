import { randomBytes } from 'node:crypto';
import type { ExchangeTrace } from '../../../trace/exchange-trace.ts';
import type { HttpResponse } from '../http-message.ts';
import type { Credentials } from './credentials.ts';
import { type DigestChallenge, digestAnswer, digestChallenge } from './digest-answer.ts';
import { challengesOf } from './digest-challenge.ts';

/**
 * Answers a target's Digest challenge, and nothing else it asks for. What it said is used for the rest of the check: no
 * redirect within it has to ask anew.
 */
export class DigestCredentials implements Credentials {
  readonly #username: string;
  readonly #password: string;
  readonly #trace: ExchangeTrace;
  #challenge: DigestChallenge | null = null;
  #count = 0;
  /** A nonce may have grown old once. A target that says so again and again would keep us busy. */
  #hasRenewed = false;

  constructor({ username, password }: { username: string; password: string }, trace: ExchangeTrace) {
    this.#username = username;
    this.#password = password;
    this.#trace = trace;
  }

  authorize({ method, url }: { method: string; url: URL }): string | null {
    if (this.#challenge === null) return null;
    this.#count += 1;
    const { authorization, response } = digestAnswer(this.#challenge, {
      username: this.#username,
      password: this.#password,
      method,
      uri: `${url.pathname}${url.search}`,
      cnonce: randomBytes(16).toString('hex'),
      count: this.#count,
    });
    this.#trace.keepSecret(response);
    return authorization;
  }

  isWorthAnother({ headers }: HttpResponse, sent: string | null): boolean {
    const challenge = digestChallenge(challengesOf(headers['www-authenticate']));
    if (challenge === null) return false;
    if (sent !== null) {
      const isElsewhere = challenge.realm !== this.#challenge?.realm;
      if (this.#hasRenewed || (!challenge.isStale && !isElsewhere)) return false;
      this.#hasRenewed = true;
    }
    this.#challenge = challenge;
    this.#count = 0;
    return true;
  }
}
