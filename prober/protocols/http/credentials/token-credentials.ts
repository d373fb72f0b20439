import { ExchangeTrace } from '../../../trace/exchange-trace.ts';
import { PhaseTimer } from '../../phase-timer.ts';
import type { ProtocolContext, Recording } from '../../protocol.ts';
import { askForToken } from './ask-for-token.ts';
import type { Credentials } from './credentials.ts';
import type { TokenCache, TokenClient } from './token-cache.ts';

/** A Bearer token that a token endpoint gives for a client's credentials (OAuth2), kept for other checks of that client. */
export class TokenCredentials implements Credentials {
  readonly #client: TokenClient;
  readonly #cache: TokenCache;
  readonly #recording: Recording;
  readonly #ask: () => ReturnType<typeof askForToken>;
  /** The token is one that an earlier check got: the target may have forgotten it. */
  #wasThere = false;
  #token: string | null = null;

  constructor(
    client: TokenClient,
    { context, recording, signal }: { context: ProtocolContext; recording: Recording; signal: AbortSignal },
  ) {
    this.#client = client;
    this.#cache = context.tokens;
    this.#recording = recording;
    this.#ask = () =>
      askForToken(client, {
        context,
        recording: apartFrom(recording),
        conceal: (text) => recording.trace.conceal(text),
        signal,
      });
  }

  async authorize(): Promise<string> {
    if (this.#token === null) {
      this.#recording.timer.enter('token');
      const { token, wasThere } = await this.#cache.take(this.#client, this.#ask);
      this.#recording.trace.keepSecret(token);
      this.#token = token;
      this.#wasThere = wasThere;
    }
    return `Bearer ${this.#token}`;
  }

  isWorthAnother(): boolean {
    if (this.#token === null || !this.#wasThere) return false;
    this.#cache.drop(this.#client, this.#token);
    this.#token = null;
    this.#wasThere = false;
    return true;
  }
}

/** How long the endpoint takes, and over what it is reached, says nothing of the target; and what it is sent are secrets. */
const apartFrom = ({ trace, families }: Recording): Recording => ({
  timer: new PhaseTimer(),
  trace: new ExchangeTrace(trace.http),
  families: {
    attemptTimeoutMs: families.attemptTimeoutMs,
    connected: () => {},
    findDead: async () => null,
  },
});
