import { expect, test } from 'vitest';
import { CertificateRecorder } from '../../prober/certificate-recorder.ts';
import { createLog } from '../../prober/log.ts';
import { recordCertificates, type SeenCertificate } from '../../prober/record-certificates.ts';
import type { CertificateRecord } from '../../shared/checks/exchange-record.ts';
import { openProberDatabase, REGION, type Scheduled } from '../support/prober-database.ts';

const { addMonitor, database, pool } = await openProberDatabase();
const HOUR_MS = 3_600_000;
const NOON_MS = Date.parse('2026-11-25T12:00:00Z');
const TARGET = 'https://example.com/';

const certificate = (fingerprint: string, problem: string | null = null): CertificateRecord => ({
  subject: 'CN=example.com',
  issuer: 'CN=An authority',
  names: ['example.com'],
  validFrom: '2026-11-01T00:00:00.000Z',
  validTo: '2026-12-01T00:00:00.000Z',
  fingerprint,
  serialNumber: '01',
  chain: [],
  problem,
});

const seen = (monitor: Scheduled, more: Partial<SeenCertificate> = {}): SeenCertificate => ({
  ...monitor,
  region: REGION,
  target: TARGET,
  certificate: certificate('AA'),
  seenAtMs: NOON_MS,
  ...more,
});

const rows = ({ monitorId }: Scheduled) =>
  database.admin<{ region: string; fingerprint: string; validTo: Date; first: Date; last: Date }>(
    `select region, certificate ->> 'fingerprint' as fingerprint, valid_to as "validTo", first_seen_at as first,
      last_seen_at as last from monitor_certificates where monitor_id = $1 order by region`,
    [monitorId],
  );

test('since when a certificate is there stays while it is the same one', async () => {
  const monitor = await addMonitor({ target: TARGET });
  await recordCertificates(pool, [seen(monitor)]);
  await recordCertificates(pool, [seen(monitor, { seenAtMs: NOON_MS + HOUR_MS })]);
  const before = { region: REGION, fingerprint: 'AA', validTo: new Date('2026-12-01T00:00:00Z') };
  expect(await rows(monitor)).toEqual([
    { ...before, first: new Date(NOON_MS), last: new Date(NOON_MS + HOUR_MS) },
  ]);
  const renewed = { certificate: certificate('BB'), seenAtMs: NOON_MS + 2 * HOUR_MS };
  await recordCertificates(pool, [seen(monitor, renewed)]);
  const since = new Date(NOON_MS + 2 * HOUR_MS);
  expect(await rows(monitor)).toEqual([{ ...before, fingerprint: 'BB', first: since, last: since }]);
});

test('what comes late does not undo what is newer', async () => {
  const monitor = await addMonitor({ target: TARGET });
  await recordCertificates(pool, [seen(monitor, { certificate: certificate('BB'), seenAtMs: NOON_MS + 1 })]);
  await recordCertificates(pool, [seen(monitor)]);
  expect(await rows(monitor)).toMatchObject([{ fingerprint: 'BB' }]);
});

test('each region keeps what it saw, and one that is none of the monitor’s any more takes nothing', async () => {
  const monitor = await addMonitor({ target: TARGET });
  await database.admin(
    `insert into region_outcomes (tenant_id, monitor_id, region) values ($1, $2, 'us-east')`,
    [monitor.tenantId, monitor.monitorId],
  );
  await recordCertificates(pool, [
    seen(monitor, { region: 'left', certificate: certificate('CC') }),
    seen(monitor),
    seen(monitor, { region: 'us-east', certificate: certificate('BB') }),
  ]);
  expect(await rows(monitor)).toMatchObject([
    { region: REGION, fingerprint: 'AA' },
    { region: 'us-east', fingerprint: 'BB' },
  ]);
});

test('a monitor that has another target by now, or is gone, takes nothing and harms no other', async () => {
  const [edited, removed, other] = [
    await addMonitor({ target: 'https://example.com/new' }),
    await addMonitor({ target: TARGET }),
    await addMonitor({ target: TARGET }),
  ];
  await database.admin('delete from check_schedule where monitor_id = $1', [removed.monitorId]);
  await database.admin('delete from monitors where id = $1', [removed.monitorId]);
  await recordCertificates(pool, [seen(edited), seen(removed), seen(other)]);
  expect([await rows(edited), await rows(removed)]).toEqual([[], []]);
  expect(await rows(other)).toHaveLength(1);
});

/** A recorder, and what it has written. */
function openRecorder(record: (batch: SeenCertificate[]) => Promise<void> = async () => {}) {
  const written: string[] = [];
  const recorder = new CertificateRecorder({
    async record(batch) {
      await record(batch);
      for (const { certificate, target } of batch) written.push(`${certificate.fingerprint} ${target}`);
    },
    log: createLog('silent'),
  });
  return { recorder, written };
}

const MONITOR = { tenantId: 'a', monitorId: 'b' };

test('a certificate that stays is written once, and again after an hour', async () => {
  const { recorder, written } = openRecorder();
  recorder.note(seen(MONITOR));
  await expect.poll(() => written).toEqual([`AA ${TARGET}`]);
  recorder.note(seen(MONITOR, { seenAtMs: NOON_MS + HOUR_MS - 1 }));
  await recorder.stop();
  expect(written).toHaveLength(1);

  const later = openRecorder();
  later.recorder.note(seen(MONITOR));
  await expect.poll(() => later.written).toHaveLength(1);
  later.recorder.note(seen(MONITOR, { seenAtMs: NOON_MS + HOUR_MS }));
  await later.recorder.stop();
  expect(later.written).toHaveLength(2);
});

test('another certificate, another fault of it or another target is written at once', async () => {
  const { recorder, written } = openRecorder();
  for (const more of [
    {},
    { certificate: certificate('BB') },
    { certificate: certificate('BB', 'The certificate has expired.') },
    { target: 'https://example.com/new' },
  ]) {
    recorder.note(seen(MONITOR, more));
    const before = written.length;
    await expect.poll(() => written.length).toBe(before + 1);
  }
  await recorder.stop();
});

test('what the database does not take waits, and only the newest of a monitor', async () => {
  let fails = 1;
  const { recorder, written } = openRecorder(async () => {
    if (fails-- > 0) throw new Error('The database is away.');
  });
  recorder.note(seen(MONITOR));
  await expect.poll(() => fails).toBe(0);
  recorder.note(seen(MONITOR, { certificate: certificate('BB') }));
  await recorder.stop();
  expect(written).toEqual([`BB ${TARGET}`]);
});
