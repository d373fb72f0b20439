/** Groups whose names are anybody's own. */
const FREE = new Set(['metadata', 'previous_attributes']);

/**
 * How the names and JSON types of one value differ from those of another, each difference as a path with what is wrong there. Null
 * goes with every type; lists are compared by their first elements.
 */
export function compareShapes(ours: unknown, theirs: unknown, path = ''): string[] {
  if (ours === null || theirs === null) return [];
  if (kindOf(ours) !== kindOf(theirs)) return [`${path}: ${kindOf(ours)}, not ${kindOf(theirs)}`];
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    return ours.length === 0 || theirs.length === 0 ? [] : compareShapes(ours[0], theirs[0], `${path}[]`);
  }
  if (!isGroup(ours) || !isGroup(theirs)) return [];
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].flatMap((name) => {
    if (FREE.has(name)) return [];
    if (!Object.hasOwn(ours, name)) return [`${at(name)}: missing`];
    if (!Object.hasOwn(theirs, name)) return [`${at(name)}: unknown`];
    return compareShapes(ours[name], theirs[name], at(name));
  });
}

const kindOf = (value: unknown) => (Array.isArray(value) ? 'list' : typeof value);

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
