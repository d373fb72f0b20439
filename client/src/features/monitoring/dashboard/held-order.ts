import { type Accessor, createMemo } from 'solid-js';

/** What a list is about (its filters, its page), and the ids it shows, in their order. */
export type ShownOrder = { subject: string; ids: readonly string[] };

/**
 * The order to show next. While someone points at the list a row keeps its place: it must not slide away under a pointer
 * that is about to press it; what is new comes last. Otherwise, and when the list is about something else, order is taken as
 * it comes in.
 */
export function orderToShow(
  before: ShownOrder | undefined,
  now: { subject: string; incoming: readonly string[]; isHeld: boolean },
): ShownOrder {
  const { subject, incoming } = now;
  if (!now.isHeld || before?.subject !== subject) return { subject, ids: incoming };
  const present = new Set(incoming);
  const kept = before.ids.filter((id) => present.has(id));
  const known = new Set(kept);
  return { subject, ids: [...kept, ...incoming.filter((id) => !known.has(id))] };
}

/** The ids of a list in the order to show them; the same array for as long as that is the same. */
export function createHeldOrder(
  incoming: Accessor<readonly string[]>,
  isHeld: Accessor<boolean>,
  subject: Accessor<string>,
): Accessor<readonly string[]> {
  const order = createMemo<ShownOrder>((before) =>
    orderToShow(before, { subject: subject(), incoming: incoming(), isHeld: isHeld() }),
  );
  return createMemo(() => order().ids, [], {
    equals: (one, other) => one.length === other.length && one.every((id, index) => id === other[index]),
  });
}
