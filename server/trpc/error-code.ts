import { type TRPC_ERROR_CODE_KEY, TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import type { ERROR_STATUS, ErrorReason } from '../../shared/error-reason.ts';

const KEY_OF_STATUS: Record<(typeof ERROR_STATUS)[ErrorReason], TRPC_ERROR_CODE_KEY> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  402: 'PAYMENT_REQUIRED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  502: 'BAD_GATEWAY',
  503: 'SERVICE_UNAVAILABLE',
};

/** tRPC's own name and number for an HTTP status, so that its clients see one truth in `code` and `httpStatus`. */
export function errorCodeOf(status: (typeof ERROR_STATUS)[ErrorReason]): {
  key: TRPC_ERROR_CODE_KEY;
  code: number;
} {
  const key = KEY_OF_STATUS[status];
  return { key, code: TRPC_ERROR_CODES_BY_KEY[key] };
}
