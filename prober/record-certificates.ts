import type pg from 'pg';
import type { CertificateRecord } from '../shared/checks/exchange-record.ts';
import { arrayOf, instant } from './batch-columns.ts';

/** A certificate that a check of a monitor was shown. */
export type SeenCertificate = {
  tenantId: string;
  monitorId: string;
  region: string;
  /** What was checked: a monitor that has another target by now, or has left the region, takes it no more. */
  target: string;
  certificate: CertificateRecord;
  /** By the database's clock. */
  seenAtMs: number;
};

const COLUMNS = 7;

/**
 * Writes what monitors showed last, a region a row: since when stays while it is the same certificate. No two of one batch may
 * be of the same monitor and region.
 */
export async function recordCertificates(pool: pg.Pool, batch: readonly SeenCertificate[]): Promise<void> {
  const { rows: standing } = await pool.query<{ id: string; region: string }>(
    `select m.id, o.region from monitors m
      join unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as v(tenant_id, id, target, region)
      on m.tenant_id = v.tenant_id and m.id = v.id and m.target = v.target
      join region_outcomes o on o.tenant_id = v.tenant_id and o.monitor_id = v.id and o.region = v.region`,
    [
      arrayOf(batch.map(({ tenantId }) => tenantId)),
      arrayOf(batch.map(({ monitorId }) => monitorId)),
      batch.map(({ target }) => target),
      arrayOf(batch.map(({ region }) => region)),
    ],
  );
  const wanted = new Set(standing.map(({ id, region }) => `${id} ${region}`));
  const kept = batch.filter(({ monitorId, region }) => wanted.has(`${monitorId} ${region}`));
  if (kept.length === 0) return;
  const row = (index: number) =>
    `(${Array.from({ length: COLUMNS }, (_, column) => `$${index * COLUMNS + column + 1}`).join(',')})`;
  // `values` and not `unnest`, as with results.
  await pool.query(
    `insert into monitor_certificates as c
      (tenant_id, monitor_id, region, certificate, valid_to, first_seen_at, last_seen_at)
    values ${kept.map((_, index) => row(index)).join(',')}
    on conflict (tenant_id, monitor_id, region) do update set
      certificate = excluded.certificate, valid_to = excluded.valid_to, last_seen_at = excluded.last_seen_at,
      first_seen_at = case when c.certificate ->> 'fingerprint' = excluded.certificate ->> 'fingerprint'
        then c.first_seen_at else excluded.first_seen_at end
      where c.last_seen_at < excluded.last_seen_at`,
    kept.flatMap(({ tenantId, monitorId, region, certificate, seenAtMs }) => [
      ...[tenantId, monitorId, region, JSON.stringify(certificate), certificate.validTo],
      ...[instant(seenAtMs), instant(seenAtMs)],
    ]),
  );
}
