import type { MonitorCertificate } from '../../../../../shared/monitoring/monitor-certificate.ts';

/** One certificate, and from where it was seen. */
export type SeenCertificate = { certificate: MonitorCertificate; regions: string[]; lastSeenAt: string };

/**
 * The certificates that a monitor's regions saw last, each once, with the regions that saw it; the one that ends first
 * comes first. Regions agree unless a target is served from several machines, or is being given a new one.
 */
export function groupCertificates(certificates: readonly MonitorCertificate[]): SeenCertificate[] {
  const groups = new Map<string, SeenCertificate>();
  for (const certificate of certificates) {
    // The same certificate may be trusted from one place and not from another.
    const key = `${certificate.fingerprint} ${certificate.problem ?? ''}`;
    const group = groups.get(key) ?? { certificate, regions: [], lastSeenAt: certificate.lastSeenAt };
    group.regions.push(certificate.region);
    if (certificate.lastSeenAt > group.lastSeenAt) group.lastSeenAt = certificate.lastSeenAt;
    groups.set(key, group);
  }
  return [...groups.values()].sort((left, right) =>
    left.certificate.validTo < right.certificate.validTo ? -1 : 1,
  );
}
