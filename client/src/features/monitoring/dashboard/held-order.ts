import { type Accessor, createMemo } from 'solid-js';

/**
 * The order to show: what was there keeps its place, what went is gone, what is new comes last. A row must not slide
 * away under a pointer that is about to press it.
 */
export function holdOrder(shown: readonly string[], incoming: readonly string[]): string[] {
  const present = new Set(incoming);
  const kept = shown.filter((id) => present.has(id));
  const known = new Set(kept);
  return [...kept, ...incoming.filter((id) => !known.has(id))];
}

/**
 * The ids of a list in the order to show them: as they come in, or held while someone points at the list.
 *
 * @param subject what the list is about (its filters, its page); when that changes, order is taken as it comes
 */
export function createHeldOrder(
  incoming: Accessor<readonly string[]>,
  isHeld: Accessor<boolean>,
  subject: Accessor<string>,
): Accessor<readonly string[]> {
  const held = createMemo<{ subject: string; ids: readonly string[] }>((before) => {
    const about = subject();
    const ids =
      before !== undefined && before.subject === about && isHeld()
        ? holdOrder(before.ids, incoming())
        : incoming();
    return { subject: about, ids };
  });
  return createMemo(() => held().ids, [], {
    equals: (one, other) => one.length === other.length && one.every((id, index) => id === other[index]),
  });
}
