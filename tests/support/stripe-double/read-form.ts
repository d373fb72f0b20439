/** Nested parameters as they are sent: text at the leaves; a list has its positions as names. */
export type Params = { [name: string]: string | Params };

/**
 * Reads `application/x-www-form-urlencoded` as Stripe does: `items[0][price]=x`, `metadata[a]=b`, `expand[]=c`.
 *
 * @throws SyntaxError for a name that is both a value and a group
 */
export function readForm(text: string): Params {
  const params: Params = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) put(params, pathOf(name), value);
  return params;
}

/** `a[b][]` → a, b, '' */
function pathOf(name: string): string[] {
  const first = name.split('[', 1)[0] ?? '';
  return [first, ...[...name.slice(first.length).matchAll(/\[([^\]]*)\]/g)].map(([, part]) => part ?? '')];
}

function put(params: Params, path: string[], value: string): void {
  let group = params;
  for (const part of path.slice(0, -1)) {
    const name = part || String(Object.keys(group).length);
    group[name] ??= Object.create(null) as Params; // a group of its own, without Object's names
    const next = group[name];
    if (typeof next === 'string') throw new SyntaxError(`${path.join('.')} is both a value and a group.`);
    group = next;
  }
  const last = path.at(-1) || String(Object.keys(group).length);
  if (typeof group[last] === 'object')
    throw new SyntaxError(`${path.join('.')} is both a value and a group.`);
  group[last] = value;
}
