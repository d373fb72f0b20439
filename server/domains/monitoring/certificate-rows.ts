import { and, asc, eq, inArray, notInArray } from 'drizzle-orm';
import { monitorCertificates } from '../../../drizzle/schema/evidence.ts';
import type { MonitorCertificate } from '../../../shared/monitoring/monitor-certificate.ts';
import type { Transaction } from '../../database/transaction.ts';

/** What these regions saw last of a monitor's target, the one that ends first before the others. */
export async function listCertificateRows(
  tx: Transaction,
  monitorId: string,
  regions: readonly string[],
): Promise<MonitorCertificate[]> {
  const rows = await tx
    .select()
    .from(monitorCertificates)
    .where(
      and(eq(monitorCertificates.monitorId, monitorId), inArray(monitorCertificates.region, [...regions])),
    )
    .orderBy(asc(monitorCertificates.validTo), asc(monitorCertificates.region));
  return rows.map(({ certificate, region, firstSeenAt, lastSeenAt }) => ({
    ...certificate,
    region,
    firstSeenAt: firstSeenAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  }));
}

/** Forgets what all regions but these saw of a monitor's target. */
export async function deleteCertificateRowsBut(
  tx: Transaction,
  monitorId: string,
  regions: readonly string[],
): Promise<void> {
  await tx
    .delete(monitorCertificates)
    .where(
      and(eq(monitorCertificates.monitorId, monitorId), notInArray(monitorCertificates.region, [...regions])),
    );
}
