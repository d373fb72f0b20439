import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { stripeEvents } from '../../../drizzle/schema/billing.ts';
import type { Transaction } from '../../database/transaction.ts';

export type EventRow = typeof stripeEvents.$inferSelect;
/** What is known of an event when it comes. */
export type NewEvent = Pick<EventRow, 'id' | 'type' | 'livemode' | 'stripeCustomerId' | 'createdAt'>;

// Events belong to no organization: all of this is for the system role.

/** Notes an event. Of two that come at once the second waits for the first. @returns whether it was new */
export async function insertEvent(tx: Transaction, event: NewEvent): Promise<boolean> {
  const rows = await tx
    .insert(stripeEvents)
    .values(event)
    .onConflictDoNothing({ target: stripeEvents.id })
    .returning({ id: stripeEvents.id });
  return rows.length > 0;
}

export async function findEvent(tx: Transaction, id: string): Promise<EventRow | null> {
  const [row] = await tx.select().from(stripeEvents).where(eq(stripeEvents.id, id));
  return row ?? null;
}

/** Notes what came of an event; the first word stays. */
export async function finishEvent(tx: Transaction, id: string, outcome: string): Promise<void> {
  await tx
    .update(stripeEvents)
    .set({ outcome, processedAt: sql`now()` })
    .where(and(eq(stripeEvents.id, id), isNull(stripeEvents.processedAt)));
}

/** The ids of events that came hours ago, and that nobody has processed. */
export async function idsLeftOver(tx: Transaction, hours: number): Promise<string[]> {
  const rows = await tx
    .select({ id: stripeEvents.id })
    .from(stripeEvents)
    .where(
      and(
        isNull(stripeEvents.processedAt),
        lt(stripeEvents.receivedAt, sql`now() - make_interval(hours => ${hours})`),
      ),
    );
  return rows.map(({ id }) => id);
}

/** Deletes events that came so many days ago. @returns how many */
export async function deleteEventsBefore(tx: Transaction, days: number): Promise<number> {
  const rows = await tx
    .delete(stripeEvents)
    .where(lt(stripeEvents.receivedAt, sql`now() - make_interval(days => ${days})`))
    .returning({ id: stripeEvents.id });
  return rows.length;
}
