import * as v from 'valibot';
import type { NewEvent } from './event-rows.ts';

const id = v.pipe(v.string(), v.regex(/^\w{1,255}$/));
const customer = v.union([
  id,
  v.pipe(
    v.object({ id }),
    v.transform((object) => object.id),
  ),
]);

const eventSchema = v.object({
  id: v.pipe(id, v.startsWith('evt_')),
  type: v.pipe(v.string(), v.regex(/^[\w.]{1,255}$/)),
  livemode: v.boolean(),
  created: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(99_999_999_999)),
  data: v.object({ object: v.record(v.string(), v.unknown()) }),
});

/**
 * What we take of an event of Stripe's: which it is, and whom it is about. Its body is a hint and no more, since events come late,
 * twice and in any order. Null for what is none.
 */
export function readEvent(body: unknown): NewEvent | null {
  const read = v.safeParse(eventSchema, body);
  if (!read.success) return null;
  const { id, type, livemode, created, data } = read.output;
  return {
    id,
    type,
    livemode,
    stripeCustomerId: customerOf(data.object),
    createdAt: new Date(created * 1000),
  };
}

/** Subscriptions, invoices and checkouts name their customer; a customer is one. */
function customerOf(object: Record<string, unknown>): string | null {
  const named = v.safeParse(customer, object.object === 'customer' ? object.id : object.customer);
  return named.success ? named.output : null;
}
