/** A part of a valibot schema, as far as this walk looks into it. */
type Schema = {
  type: string;
  entries?: Record<string, Schema>;
  wrapped?: Schema;
  item?: Schema;
  key?: Schema;
  value?: Schema;
  options?: readonly unknown[];
};

/** Where in a value: keys of objects, positions of lists; `NAME` stands for the name of an entry rather than what it holds. */
export type Place = readonly (string | number)[];

/** Last in a place: the name of the entry before it. */
export const NAME = '(name)';

const WRAPPERS = ['optional', 'nullable', 'nullish', 'exact_optional', 'undefinedable', 'non_nullable'];

/**
 * Every place of an input where a text may stand, by its schema: `http.headers.*`, `tags.*`, and `http.headers.*.(name)` for names that
 * are free. Kinds that this walk does not know make it fail, so that no field is passed over.
 */
export function textPlacesOf(schema: unknown, place = ''): string[] {
  const { type, entries, wrapped, item, key, value, options = [] } = schema as Schema; // valibot's own types are per kind
  const inside = (name: string) => (place === '' ? name : `${place}.${name}`);
  if (type === 'string' || type === 'picklist') return [place];
  if (WRAPPERS.includes(type)) return textPlacesOf(wrapped, place);
  if (type === 'object' || type === 'strict_object' || type === 'loose_object') {
    return Object.entries(entries ?? {}).flatMap(([name, entry]) => textPlacesOf(entry, inside(name)));
  }
  if (type === 'array') return textPlacesOf(item, inside('*'));
  if (type === 'record') {
    return [...textPlacesOf(key, `${inside('*')}.${NAME}`), ...textPlacesOf(value, inside('*'))];
  }
  if (type === 'union' || type === 'variant') {
    return [...new Set(options.flatMap((option) => textPlacesOf(option, place)))];
  }
  if (type === 'literal') return typeof (schema as { literal?: unknown }).literal === 'string' ? [place] : [];
  if (['number', 'boolean', 'null', 'undefined', 'void'].includes(type)) return [];
  throw new Error(`${place} is a ${type}, and nobody has said whether a text may stand in one.`);
}

/** Every place of a value at which a text stands, and the name of every entry. */
export function textsIn(value: unknown, place: Place = []): Place[] {
  if (typeof value === 'string') return [place];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...place, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => [
    [...place, name, NAME],
    ...textsIn(item, [...place, name]),
  ]);
}

/** Whether a place of a value is one of a schema, where `*` is any name and any position. */
export function isAt(place: Place, pattern: string): boolean {
  const parts = pattern.split('.');
  return (
    parts.length === place.length &&
    parts.every((part, index) => part === String(place[index]) || (part === '*' && place[index] !== NAME))
  );
}

/** A copy of a value with another text at a place. */
export function withText(value: unknown, place: Place, text: string): unknown {
  const [first, ...rest] = place;
  if (first === undefined) return text;
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === first ? withText(item, rest, text) : item));
  }
  const entries = Object.entries(value as object).map(([name, item]): [string, unknown] => {
    if (name !== first) return [name, item];
    return rest[0] === NAME ? [text, item] : [name, withText(item, rest, text)];
  });
  return Object.fromEntries(entries);
}

/** What stands at a place; undefined where the value does not reach so far. */
export function textAt(value: unknown, place: Place): unknown {
  return place.reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? Reflect.get(at, part) : undefined),
    value,
  );
}
