/** What of a keyboard event tells which key was pressed. */
export type KeyPress = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

export type KeyMatch = { kind: 'none' } | { kind: 'begun' } | { kind: 'whole'; keys: string };

/**
 * Which of `candidates` a key press ends (`whole`), or which pair it may begin (`begun`).
 *
 * @param first the key pressed just before, when that one began a pair
 */
export function matchKeys(candidates: readonly string[], first: string | null, press: KeyPress): KeyMatch {
  if (press.altKey) return { kind: 'none' };
  if (press.ctrlKey || press.metaKey) {
    const keys = `mod+${press.key.toLowerCase()}`;
    return candidates.includes(keys) ? { kind: 'whole', keys } : { kind: 'none' };
  }
  const pair = first === null ? null : `${first} ${press.key}`;
  if (pair !== null && candidates.includes(pair)) return { kind: 'whole', keys: pair };
  if (candidates.includes(press.key)) return { kind: 'whole', keys: press.key };
  return candidates.some((keys) => keys.startsWith(`${press.key} `)) ? { kind: 'begun' } : { kind: 'none' };
}
