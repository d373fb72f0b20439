/**
 * Every reason an answer of the API may carry in `data.reason`, with its HTTP status. The list is closed:
 * clients switch on it, `docs/errors.md` shows each with an example, and a test holds the two together.
 */
export const ERROR_STATUS = {
  invalid_input: 400,
  target_not_allowed: 400,
  batch_too_large: 400,
  token_expired: 400,
  not_signed_in: 401,
  invalid_credentials: 401,
  payment_declined: 402,
  forbidden: 403,
  plan_limit_reached: 403,
  origin_not_allowed: 403,
  second_factor_required: 403,
  not_found: 404,
  duplicate_organization_name: 409,
  duplicate_target: 409,
  last_owner: 409,
  already_subscribed: 409,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  internal: 500,
  billing_unavailable: 502,
  billing_not_configured: 503,
  unavailable: 503,
} as const;

export type ErrorReason = keyof typeof ERROR_STATUS;

/** A sentence for each field that was refused, by its dotted path: `{'http.headers.X-A': 'Use one line.'}`. */
export type FieldErrors = Record<string, string>;

/** Which limit of a plan was reached; stands beside the figure in `data.limit`. */
export type LimitedResource = 'monitors' | 'interval' | 'regions' | 'members' | 'channels';

/** What `error.data` holds in an answer of the API, beside tRPC's own `code`, `httpStatus` and `path`. */
export type ErrorData = {
  reason: ErrorReason;
  fields?: FieldErrors;
  limit?: number;
  limitOf?: LimitedResource;
  /** When a limited call may be tried again; the header `Retry-After` says the same. */
  retryAfterSeconds?: number;
};
