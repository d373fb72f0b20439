/** Stripe's own words for what is wrong with a request: https://docs.stripe.com/api/errors. */
export type ErrorBody = {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
};

export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

export function invalid(message: string, param?: string, code?: string): ApiError {
  return new ApiError(400, {
    ...(code === undefined ? {} : { code }),
    message,
    ...(param === undefined ? {} : { param }),
    type: 'invalid_request_error',
  });
}

/** @param noun such as `customer` @param param the parameter that named it */
export function missing(noun: string, id: string, param = 'id', status = 404): ApiError {
  return new ApiError(status, {
    code: 'resource_missing',
    message: `No such ${noun}: '${id}'`,
    param,
    type: 'invalid_request_error',
  });
}

export function declined(): ApiError {
  return new ApiError(402, {
    code: 'card_declined',
    decline_code: 'generic_decline',
    message: 'Your card was declined.',
    type: 'card_error',
  });
}

/** With the docs and the log that Stripe points to. */
export function errorAnswer(error: ApiError, requestId: string): { error: Record<string, unknown> } {
  const { code } = error.body;
  return {
    error: {
      ...error.body,
      ...(code === undefined
        ? {}
        : { doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` }),
      request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}?t=${Math.floor(Date.now() / 1000)}`,
    },
  };
}
