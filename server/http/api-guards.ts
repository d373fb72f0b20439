import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Refusal } from '../refusal.ts';
import type { Hosts } from './hosts.ts';
import { refusalResponse } from './refusal-response.ts';

const MAX_BODY_BYTES = 256 * 1024;
export const MAX_BATCH = 20;

const procedurePath = (c: Context) => c.req.path.replace(/^\/trpc\//, '');

/** Bodies over 256 KiB are refused before they are read to the end. */
export const limitBody: MiddlewareHandler = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: (c) => {
    const refusal = new Refusal('too_large', 'This request is larger than 256 KiB. Send less at once.');
    return refusalResponse(refusal, procedurePath(c));
  },
});

/** More than 20 calls in one request are refused. */
export const limitBatch: MiddlewareHandler = async (c, next) => {
  const calls = procedurePath(c).split(',').length;
  if (calls > MAX_BATCH) {
    const refusal = new Refusal(
      'batch_too_large',
      `This batch has ${calls} calls; ${MAX_BATCH} is the most.`,
    );
    return refusalResponse(refusal, '');
  }
  return next();
};

/**
 * A browser tells with `Origin` which page a request comes from. What changes something for a signed-in person, and
 * whatever belongs to signing in, must come from a page of ours; hono's own csrf lets JSON through. Keys in an
 * Authorization header are not sent by browsers by themselves, so they need no such proof.
 */
export function requireOurOrigin(hosts: Hosts): MiddlewareHandler {
  return async (c, next) => {
    const changes = c.req.method !== 'GET' && c.req.method !== 'HEAD';
    const aboutSigningIn = procedurePath(c)
      .split(',')
      .some((path) => path.startsWith('auth.'));
    const byCookie =
      c.req.header('cookie') !== undefined && !c.req.header('authorization')?.startsWith('Bearer ');
    if (changes && (aboutSigningIn || byCookie) && !hosts.isOurOrigin(c.req.header('origin') ?? '')) {
      const sentence =
        'This request does not come from a page of StatusWatch. Open the app at its own address.';
      return refusalResponse(new Refusal('origin_not_allowed', sentence), procedurePath(c));
    }
    return next();
  };
}
