import { invalid } from './api-error.ts';
import type { World } from './world.ts';

/**
 * Puts objects in the place of their ids along paths such as `latest_invoice` or `data.customer`. What is asked for by a path
 * is copied: the state keeps its ids.
 *
 * @throws ApiError where there is nothing to expand
 */
export function expand(world: World, answer: unknown, paths: string[]): unknown {
  if (paths.length === 0) return answer;
  const copy = structuredClone(answer);
  for (const path of paths) expandAt(world, copy, path.split('.'), path);
  return copy;
}

function expandAt(world: World, at: unknown, [name = '', ...rest]: string[], path: string): void {
  if (Array.isArray(at)) {
    for (const each of at) expandAt(world, each, [name, ...rest], path);
    return;
  }
  const object = at as Record<string, unknown> | null; // every object of an answer is one by name
  if (typeof object !== 'object' || object === null || !(name in object)) {
    throw invalid(`This property cannot be expanded (${path}).`, 'expand');
  }
  const value = object[name];
  if (value === null) return;
  if (typeof value === 'string') {
    const found = findById(world, value);
    if (found === undefined) throw invalid(`This property cannot be expanded (${path}).`, 'expand');
    object[name] = structuredClone(found);
  }
  if (rest.length > 0) expandAt(world, object[name], rest, path);
}

function findById({ state }: World, id: string): unknown {
  const { customers, subscriptions, invoices, prices, products } = state;
  return [customers, subscriptions, invoices, prices, products].find((table) => Object.hasOwn(table, id))?.[
    id
  ];
}
