import type { Refusal } from '../refusal.ts';
import { errorCodeOf } from '../trpc/error-code.ts';

/** A refusal that is made before the API is reached, in the shape the API itself answers. */
export function refusalResponse(refusal: Refusal, path: string): Response {
  const { key, code } = errorCodeOf(refusal.status);
  const data = { code: key, httpStatus: refusal.status, path, reason: refusal.reason, ...refusal.details };
  return Response.json({ error: { message: refusal.message, code, data } }, { status: refusal.status });
}
