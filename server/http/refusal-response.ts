import type { Refusal } from '../refusal.ts';

const TRPC_CODES: Partial<Record<number, [name: string, code: number]>> = {
  400: ['BAD_REQUEST', -32600],
  403: ['FORBIDDEN', -32003],
  413: ['PAYLOAD_TOO_LARGE', -32013],
  503: ['SERVICE_UNAVAILABLE', -32603],
};

/** A refusal that is made before the API is reached, in the shape the API itself answers. */
export function refusalResponse(refusal: Refusal, path: string): Response {
  const [name, code] = TRPC_CODES[refusal.status] ?? ['INTERNAL_SERVER_ERROR', -32603];
  const data = { code: name, httpStatus: refusal.status, path, reason: refusal.reason, ...refusal.details };
  return Response.json({ error: { message: refusal.message, code, data } }, { status: refusal.status });
}
