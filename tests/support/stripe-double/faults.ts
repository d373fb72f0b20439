import { ApiError, declined, invalid } from './api-error.ts';

export type Fault =
  | 'card_declined'
  | 'invalid_request'
  | 'bad_key'
  | 'forbidden'
  | 'rate_limited'
  | 'server_error'
  /** The connection ends before anything was done. */
  | 'reset'
  /** It was done, and the connection ends before the answer. */
  | 'reset_after';

/** Which requests, such as `POST /v1/checkout/sessions`; a part of that is enough. */
type Where = string;

type Trouble = { fault: Fault; where: Where; left: number };

export type HeldAnswer = {
  /** Fulfilled when the request has come, and its answer was made. */
  arrived: Promise<void>;
  /** Lets the answer go. */
  release: () => void;
};

/** What tests want to go wrong. */
export class Faults {
  readonly #troubles: Trouble[] = [];
  readonly #held: { where: Where; arrive: () => void; released: Promise<void> }[] = [];

  /** The next requests there fail so. */
  failNext(fault: Fault, where: Where = '/v1/', times = 1): void {
    this.#troubles.push({ fault, where, left: times });
  }

  /** Everything goes well again. */
  clear(): void {
    this.#troubles.length = 0;
  }

  /** The next request there is done at once, and its answer, old by then, waits. */
  holdNextAnswer(where: Where): HeldAnswer {
    const arrival = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    this.#held.push({ where, arrive: arrival.resolve, released: gate.promise });
    return { arrived: arrival.promise, release: gate.resolve };
  }

  /** @param request method and path */
  take(request: string): Fault | undefined {
    const trouble = this.#troubles.find(({ where, left }) => left > 0 && request.includes(where));
    if (trouble === undefined) return undefined;
    trouble.left -= 1;
    return trouble.fault;
  }

  async wait(request: string): Promise<void> {
    const at = this.#held.findIndex(({ where }) => request.includes(where));
    const [held] = at === -1 ? [] : this.#held.splice(at, 1);
    held?.arrive();
    await held?.released;
  }
}

/** The answer that such a fault is; undefined for those that are none. */
export function errorOf(fault: Fault | undefined): ApiError | undefined {
  switch (fault) {
    case undefined:
    case 'reset':
    case 'reset_after':
      return undefined;
    case 'card_declined':
      return declined();
    case 'invalid_request':
      return invalid('Something about this request is wrong, said with secret details.', 'customer');
    case 'bad_key':
      return new ApiError(401, {
        message: 'Invalid API Key provided: sk_test_********************abcd',
        type: 'invalid_request_error',
      });
    case 'forbidden':
      return new ApiError(403, {
        message: 'The provided key does not have access to this resource.',
        type: 'invalid_request_error',
      });
    case 'rate_limited':
      return new ApiError(429, {
        code: 'rate_limit',
        message:
          'Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.',
        type: 'invalid_request_error',
      });
    case 'server_error':
      return new ApiError(500, {
        message: 'Sorry! There was an error while talking to one of our backends.',
        type: 'api_error',
      });
  }
}
