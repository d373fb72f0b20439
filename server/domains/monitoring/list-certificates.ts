import type { MonitorCertificate } from '../../../shared/monitoring/monitor-certificate.ts';
import type { Tenant } from '../../database/tenant.ts';
import { notFound } from '../../refusal.ts';
import { listCertificateRows } from './certificate-rows.ts';
import { readMonitorRow } from './monitor-rows.ts';

/** The certificate that each region of a monitor was shown last. @throws Refusal `not_found` */
export function listCertificates(
  tenant: Tenant,
  monitorId: string,
): Promise<{ items: MonitorCertificate[] }> {
  return tenant.transaction(async (tx) => {
    const monitor = await readMonitorRow(tx, monitorId);
    if (monitor === null) throw notFound('monitor');
    return { items: await listCertificateRows(tx, monitorId, monitor.regions) };
  });
}
