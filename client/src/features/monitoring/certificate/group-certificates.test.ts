import { expect, test } from 'vitest';
import type { MonitorCertificate } from '../../../../../shared/monitoring/monitor-certificate.ts';
import { groupCertificates } from './group-certificates.ts';

const seen = (
  region: string,
  fingerprint: string,
  more: Partial<MonitorCertificate> = {},
): MonitorCertificate => ({
  region,
  fingerprint,
  subject: 'shop.example',
  issuer: 'Example CA',
  names: ['shop.example'],
  validFrom: '2026-10-01T00:00:00.000Z',
  validTo: '2026-12-30T00:00:00.000Z',
  serialNumber: '01',
  chain: [],
  problem: null,
  firstSeenAt: '2026-10-01T00:00:00.000Z',
  lastSeenAt: '2026-11-25T00:00:00.000Z',
  ...more,
});

test('a certificate that several regions see stands once, with the regions and the newest look', () => {
  const groups = groupCertificates([
    seen('eu-west', 'AA'),
    seen('us-east', 'AA', { lastSeenAt: '2026-11-25T01:00:00.000Z' }),
  ]);
  expect(groups.map(({ regions, lastSeenAt }) => ({ regions, lastSeenAt }))).toEqual([
    { regions: ['eu-west', 'us-east'], lastSeenAt: '2026-11-25T01:00:00.000Z' },
  ]);
});

test('where they differ, the one that ends first comes first', () => {
  const groups = groupCertificates([
    seen('eu-west', 'AA'),
    seen('us-east', 'BB', { validTo: '2026-12-01T00:00:00.000Z' }),
  ]);
  expect(groups.map(({ regions }) => regions)).toEqual([['us-east'], ['eu-west']]);
});

test('a certificate that one region does not trust stands apart from the same one elsewhere', () => {
  const groups = groupCertificates([
    seen('eu-west', 'AA'),
    seen('us-east', 'AA', { problem: 'The chain is incomplete.' }),
  ]);
  expect(groups).toHaveLength(2);
});
