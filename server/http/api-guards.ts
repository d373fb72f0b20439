import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { invalidField, Refusal } from '../refusal.ts';
import { refusalResponse } from './refusal-response.ts';

const MAX_BODY_BYTES = 256 * 1024;
export const MAX_BATCH = 20;

/** The procedures that a request names, decoded as tRPC decodes them; null when they cannot be. */
function proceduresOf(c: Context): string | null {
  try {
    return decodeURIComponent(new URL(c.req.url).pathname).replace(/^\/trpc\/+|\/+$/g, '');
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** Bodies over 256 KiB are refused before they are read to the end. */
export const limitBody: MiddlewareHandler = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: (c) => {
    const refusal = new Refusal('too_large', 'This request is larger than 256 KiB. Send less at once.');
    const response = refusalResponse(refusal, proceduresOf(c) ?? '');
    // The rest of the body is never read: this connection is good for nothing more.
    response.headers.set('Connection', 'close');
    return response;
  },
});

/** More than 20 calls in one request are refused, and names that cannot be read. */
export const limitBatch: MiddlewareHandler = async (c, next) => {
  const procedures = proceduresOf(c);
  if (procedures === null) {
    return refusalResponse(
      invalidField('', 'The address of this request is not encoded as an address is.'),
      '',
    );
  }
  const calls = procedures.split(',').length;
  if (calls > MAX_BATCH) {
    const refusal = new Refusal(
      'batch_too_large',
      `This batch has ${calls} calls; ${MAX_BATCH} is the most.`,
    );
    return refusalResponse(refusal, '');
  }
  return next();
};
