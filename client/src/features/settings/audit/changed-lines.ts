import type { AuditEntry } from '../../../../../shared/audit/audit-entry.ts';
import { SECRET } from './value-words.ts';

/** A field by its dotted path, as it was and as it is; undefined where that side does not have it. */
export type ChangedLine = { path: string; before: unknown; after: unknown };

/** What an entry says of before and after, field by field, whatever its shape; what is the same on both sides only where it is secret. */
export function changedLines({ before, after }: Pick<AuditEntry, 'before' | 'after'>): ChangedLine[] {
  return linesOf('', before, after).filter(
    (line) => line.before === SECRET || JSON.stringify(line.before) !== JSON.stringify(line.after),
  );
}

/** What a part of one side is, by its path; undefined where there is none. */
export function partAt(side: unknown, path: string): unknown {
  return linesOf('', side, undefined).find((line) => line.path === path)?.before;
}

function linesOf(path: string, before: unknown, after: unknown): ChangedLine[] {
  const sides = [before, after].filter((side) => side !== undefined && side !== null).map(byName);
  // A whole thing that came or went is told part by part, as one that changed is.
  if (sides.length === 0 || !sides.every(isFields)) return [{ path, before, after }];
  const names = new Set(sides.flatMap((side) => Object.keys(side)));
  return [...names].flatMap((name) =>
    linesOf(
      path === '' ? name : `${path}.${name}`,
      partOf(byName(before), name),
      partOf(byName(after), name),
    ),
  );
}

/** A list of things that have ids and names, by their names; two of one name are told apart by their ids. */
function byName(side: unknown): unknown {
  if (!Array.isArray(side) || side.length === 0 || !side.every(isNamed)) return side;
  const isTwice = (name: string) => side.filter((thing) => thing.name === name).length > 1;
  return Object.fromEntries(
    side.map(({ id, name, ...rest }) => [isTwice(name) ? `${name} (${id.slice(0, 8)})` : name, rest]),
  );
}

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNamed = (value: unknown): value is { id: string; name: string } =>
  isFields(value) && typeof value.id === 'string' && typeof value.name === 'string';

const partOf = (side: unknown, name: string) =>
  isFields(side) && Object.hasOwn(side, name) ? side[name] : undefined;
