import type { CertificateRecord } from '../checks/exchange-record.ts';

/** The certificate one region saw last, as `certificates.list` answers it. */
export type MonitorCertificate = CertificateRecord & {
  region: string;
  /** When it was first seen there, and when last. */
  firstSeenAt: string;
  lastSeenAt: string;
};
