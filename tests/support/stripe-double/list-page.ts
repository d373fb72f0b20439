import { invalid, missing } from './api-error.ts';
import type { ParamReader } from './read-params.ts';
import type { List } from './stripe-objects.ts';

/** One page of objects that come newest first, from `limit`, `starting_after` and `ending_before`. */
export function listPage<T extends { id: string }>(
  newestFirst: T[],
  reader: ParamReader,
  url: string,
  noun: string,
): List<T> {
  const limit = reader.integer('limit') ?? 10;
  const after = reader.text('starting_after');
  const before = reader.text('ending_before');
  reader.end();
  if (limit < 1 || limit > 100) {
    throw invalid('This value must be from 1 to 100.', 'limit', 'parameter_invalid_integer');
  }
  if (after && before)
    throw invalid('You can only use one of starting_after and ending_before.', 'ending_before');
  const placeOf = (id: string, param: string) => {
    const place = newestFirst.findIndex((each) => each.id === id);
    if (place === -1) throw missing(noun, id, param, 400);
    return place;
  };
  const rest = before
    ? newestFirst.slice(0, placeOf(before, 'ending_before'))
    : newestFirst.slice(after ? placeOf(after, 'starting_after') + 1 : 0);
  const data = before ? rest.slice(-limit) : rest.slice(0, limit);
  return { object: 'list', data, has_more: rest.length > data.length, url };
}

/** Whether a moment lies in `created`: a number, or gt, gte, lt and lte. */
export function readCreated(reader: ParamReader): (created: number) => boolean {
  if (!reader.has('created')) return () => true;
  const exact = reader.isText('created') ? reader.integer('created') : undefined;
  if (exact !== undefined) return (created) => created === exact;
  const range = reader.group('created');
  const [gt, gte, lt, lte] = ['gt', 'gte', 'lt', 'lte'].map((name) => range.integer(name));
  return (created) =>
    created > (gt ?? Number.NEGATIVE_INFINITY) &&
    created >= (gte ?? Number.NEGATIVE_INFINITY) &&
    created < (lt ?? Number.POSITIVE_INFINITY) &&
    created <= (lte ?? Number.POSITIVE_INFINITY);
}
