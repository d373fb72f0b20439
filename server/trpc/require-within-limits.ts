import * as v from 'valibot';
import { emailSchema } from '../../shared/accounts/email-schema.ts';
import { tooManyTries } from '../../shared/accounts/rate-limit.ts';
import { networkOf } from '../limits/network-of.ts';
import { Refusal } from '../refusal.ts';
import type { Context } from './context.ts';
import { middleware } from './init.ts';
import { type CountedBy, LIMITS, type ProcedureLimit } from './limits.ts';

/** What of an input tells who is counted, as far as it is there. */
const inputSchema = v.object({
  email: v.fallback(emailSchema, ''),
  token: v.fallback(v.string(), ''),
});

/**
 * Refuses a call that exceeds a limit of its procedure. It is counted before anything is done for it, so that of many at the same
 * time no more are done than one after the other; what turns out not to count is given back.
 */
export const requireWithinLimits = middleware(async ({ ctx, path, getRawInput, next }) => {
  const limits = LIMITS[path];
  if (limits === undefined) return next();
  const taken: { limit: ProcedureLimit; who: string[] }[] = [];
  for (const limit of limits) {
    const who = await whoIs(limit.by, ctx, getRawInput);
    const retryAfterSeconds = await ctx.services.rateLimits.take(limit, who);
    if (retryAfterSeconds !== null) {
      const { ipAddress } = ctx.request;
      ctx.log.warn({ event: 'security.rate_limited', limit: limit.name, path, ipAddress }, 'too many tries');
      throw new Refusal('rate_limited', tooManyTries(retryAfterSeconds), { retryAfterSeconds });
    }
    taken.push({ limit, who });
  }
  const result = await next();
  const refusal = result.ok ? null : result.error.cause;
  for (const { limit, who } of taken) {
    if (!doesCount(limit, result.ok, refusal)) await giveBack(ctx, limit, who);
  }
  return result;
});

/** @param getRawInput is asked only where who is counted stands in the input: a call that takes none may come without a body */
async function whoIs(by: CountedBy, ctx: Context, getRawInput: () => Promise<unknown>): Promise<string[]> {
  const address = networkOf(ctx.request.ipAddress);
  const readInput = async () =>
    v.parse(v.fallback(inputSchema, { email: '', token: '' }), await getRawInput());
  switch (by) {
    case 'address':
      return [address];
    case 'account':
      return [(await readInput()).email];
    case 'address_and_account':
      return [address, (await readInput()).email];
    case 'token':
      return [(await readInput()).token];
    case 'user':
    case 'tenant': {
      const caller = await ctx.caller();
      const id = by === 'user' ? caller?.user.id : caller?.membership?.tenant.id;
      if (id === undefined)
        throw new Error(`Nobody to count by ${by}: the row in access.ts must ask for one.`);
      return [id];
    }
    default:
      return by satisfies never;
  }
}

/** What was not understood is no try, and what failed on our side is not theirs. */
function doesCount({ counts }: ProcedureLimit, ok: boolean, cause: unknown): boolean {
  const refusal = cause instanceof Refusal ? cause : null;
  const wrongPassword =
    refusal?.reason === 'invalid_credentials' || refusal?.details.fields?.currentPassword !== undefined;
  if (counts === 'wrong_passwords') return wrongPassword;
  if (ok || wrongPassword) return true;
  return refusal !== null && refusal.reason !== 'invalid_input' && refusal.status < 500;
}

/** Whoever was let through has their answer: that they have a try less than they should is for the log. */
async function giveBack(ctx: Context, limit: ProcedureLimit, who: string[]): Promise<void> {
  try {
    await ctx.services.rateLimits.giveBack(limit, who);
  } catch (error) {
    ctx.log.warn(
      { event: 'limits.not_given_back', limit: limit.name, err: error },
      'a try was not given back',
    );
  }
}
