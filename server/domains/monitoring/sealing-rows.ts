import { eq, sql } from 'drizzle-orm';
import { monitors } from '../../../drizzle/schema/monitoring.ts';
import type { Transaction } from '../../database/transaction.ts';

type HttpColumns = Pick<typeof monitors.$inferSelect, 'http' | 'sealed' | 'sealedWith'>;

/**
 * Monitors that may have a secret which this key did not seal. Of those without a seal it names whatever has a header or a body
 * in the open: which of these are secret is not for SQL to say.
 */
export async function listUnsealedIds(tx: Transaction, sealsWith: string): Promise<string[]> {
  const rows = await tx
    .select({ id: monitors.id })
    .from(monitors)
    .where(
      sql`${monitors.sealedWith} is distinct from ${sealsWith} and (${monitors.sealed} is not null
        or ${monitors.http} ->> 'body' is not null or ${monitors.http} ->> 'graphqlVariables' is not null
        or ${monitors.http} -> 'headers' <> '{}')`,
    )
    .orderBy(monitors.id);
  return rows.map((row) => row.id);
}

/** Locked against everyone who would change it; checks go on. */
export async function lockForSealing(
  tx: Transaction,
  monitorId: string,
): Promise<(HttpColumns & { id: string }) | null> {
  const { id, http, sealed, sealedWith } = monitors;
  const [row] = await tx
    .select({ id, http, sealed, sealedWith })
    .from(monitors)
    .where(eq(monitors.id, monitorId))
    .for('no key update');
  return row ?? null;
}

/** Nothing that anyone sees changes, so `updated_at` does not either. */
export async function sealMonitorRow(
  tx: Transaction,
  monitorId: string,
  { http, sealed, sealedWith }: HttpColumns,
): Promise<void> {
  await tx.update(monitors).set({ http, sealed, sealedWith }).where(eq(monitors.id, monitorId));
}
