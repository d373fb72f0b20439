import type { CertificateRecord } from '../checks/exchange-record.ts';

/** One that stays the same is noted so often: when it was seen last is known as exactly as that, and no better. */
export const CERTIFICATE_RENEW_MS = 3_600_000;

/** The certificate one region saw last, as `certificates.list` answers it. */
export type MonitorCertificate = CertificateRecord & {
  region: string;
  /** When it was first seen there, and when last. */
  firstSeenAt: string;
  lastSeenAt: string;
};
