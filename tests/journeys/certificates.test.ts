import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { recordCertificates } from '../../prober/record-certificates.ts';
import type { CertificateRecord } from '../../shared/checks/exchange-record.ts';
import { openWorld } from '../support/world.ts';

const { alice, addMember, charlie, database, setPlan } = await openWorld({ regions: ['local', 'us-east'] });
await setPlan(alice.tenant, 'pro');
const viewer = await addMember(alice.tenant, 'viewer', 'vera@acme.example');
const pool = new pg.Pool({ connectionString: database.urls.prober });
afterAll(() => pool.end());

const SEEN = new Date('2026-11-25T12:00:00.000Z');
const certificate: CertificateRecord = {
  subject: 'CN=example.com',
  issuer: 'CN=An authority',
  names: ['example.com', 'www.example.com'],
  validFrom: '2026-11-01T00:00:00.000Z',
  validTo: '2026-12-01T00:00:00.000Z',
  fingerprint: 'AA:BB',
  serialNumber: '01',
  chain: [
    {
      subject: 'CN=An authority',
      issuer: 'CN=A root',
      validTo: '2030-01-01T00:00:00.000Z',
      fingerprint: 'CC',
    },
  ],
  problem: null,
};

let sites = 0;
/** A monitor whose target was seen with a certificate from each of these regions. */
async function watched(regions = ['local']) {
  const target = `https://example.com/${sites++}`;
  const monitor = await alice.call('monitors.create', { name: 'Shop', kind: 'http', target, regions });
  const seen = { tenantId: alice.tenant.id, monitorId: monitor.id, target, seenAtMs: SEEN.getTime() };
  await recordCertificates(
    pool,
    regions.map((region, index) => {
      const validTo = `2026-12-0${3 - index}T00:00:00.000Z`;
      return { ...seen, region, certificate: { ...certificate, validTo } };
    }),
  );
  return monitor;
}

test('the certificate that a region saw last is shown to who may look', async () => {
  const { id: monitorId } = await watched();
  const { items } = await viewer.call('certificates.list', { monitorId });
  expect(items).toEqual([
    {
      ...certificate,
      validTo: '2026-12-03T00:00:00.000Z',
      region: 'local',
      firstSeenAt: SEEN.toISOString(),
      lastSeenAt: SEEN.toISOString(),
    },
  ]);
  expect((await charlie.refused('certificates.list', { monitorId })).status).toBe(404);
});

test('of several regions the one whose certificate ends first comes first', async () => {
  const { id: monitorId } = await watched(['local', 'us-east']);
  const { items } = await viewer.call('certificates.list', { monitorId });
  expect(items.map(({ region }) => region)).toEqual(['us-east', 'local']);
  await alice.call('monitors.update', { monitorId, regions: ['local'] });
  const { items: left } = await viewer.call('certificates.list', { monitorId });
  expect(left.map(({ region }) => region)).toEqual(['local']);
});

test('a region that was taken away and is given back begins without a certificate', async () => {
  const regions = ['local', 'us-east'];
  const seenFrom = async (monitorId: string) => {
    const { items } = await viewer.call('certificates.list', { monitorId });
    return items.map(({ region }) => region).sort();
  };
  const [one, all] = [await watched(regions), await watched(regions)];
  await alice.call('monitors.update', { monitorId: one.id, regions: ['local'] });
  await alice.call('monitors.update', { monitorId: one.id, regions });
  expect([await seenFrom(one.id), await seenFrom(all.id)]).toEqual([['local'], regions]);
  await alice.call('regions.leave', { region: 'local' });
  for (const { id: monitorId } of [one, all]) await alice.call('monitors.update', { monitorId, regions });
  expect([await seenFrom(one.id), await seenFrom(all.id)]).toEqual([[], ['us-east']]);
});

test('another target has another certificate, and another name the same', async () => {
  const { id: monitorId } = await watched();
  await alice.call('monitors.update', { monitorId, name: 'Our shop' });
  expect((await viewer.call('certificates.list', { monitorId })).items).toHaveLength(1);
  await alice.call('monitors.update', { monitorId, target: 'https://example.com/new' });
  expect((await viewer.call('certificates.list', { monitorId })).items).toEqual([]);
});

test('a monitor takes its certificates with it', async () => {
  const { id: monitorId } = await watched();
  await alice.call('monitors.remove', { monitorId });
  const rows = await database.admin('select from monitor_certificates where monitor_id = $1', [monitorId]);
  expect(rows).toEqual([]);
});
