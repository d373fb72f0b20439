import { missing } from './api-error.ts';
import type { Customer, Price } from './stripe-objects.ts';
import type { World } from './world.ts';

/** @throws ApiError 404, or 400 where a parameter named it */
export function findIn<T>(table: Record<string, T>, noun: string, id: string, param?: string): T {
  const found = Object.hasOwn(table, id) ? table[id] : undefined;
  if (found === undefined) throw missing(noun, id, param ?? 'id', param === undefined ? 404 : 400);
  return found;
}

/** A customer that was not deleted. @throws ApiError */
export function findCustomer({ state }: World, id: string, param?: string): Customer {
  const found = findIn(state.customers, 'customer', id, param);
  if (!('created' in found)) throw missing('customer', id, param ?? 'id', param === undefined ? 404 : 400);
  return found;
}

export function findPrice({ state }: World, id: string, param: string): Price {
  return findIn(state.prices, 'price', id, param);
}

/** The objects of a table, newest first; of one moment, that which was made last. */
export function newestFirst<T extends { created: number }>(table: Record<string, T>): T[] {
  return Object.values(table)
    .reverse()
    .sort((one, other) => other.created - one.created);
}
