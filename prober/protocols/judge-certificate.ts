import type { ShownCertificate } from './certificate-record.ts';
import { CheckFailure } from './check-failure.ts';
import type { Degraded } from './protocol.ts';

const DAY_MS = 86_400_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Until the certificate ends, in days; negative once it has. @param nowMs the database's clock */
export const daysLeft = ({ toMs }: ShownCertificate, nowMs: number): number => (toMs - nowMs) / DAY_MS;

/** What is wrong, by the database's clock, with a certificate that OpenSSL has found valid by this machine's; null: nothing. */
export function invalidNow({ fromMs, toMs }: ShownCertificate, nowMs: number): CheckFailure | null {
  if (nowMs >= toMs) return new CheckFailure('certificate_expired', 'The certificate has expired.');
  if (nowMs < fromMs) return new CheckFailure('certificate_invalid', 'The certificate is not valid yet.');
  return null;
}

/** OpenSSL refused a certificate for the time alone, and it is this machine's clock that is wrong. */
export class OwnClockWrong extends Error {
  override name = 'OwnClockWrong';
}

/**
 * OpenSSL has no other clock than this machine's. What it refuses for that alone, while by the database's clock the
 * certificate and all that vouch for it are valid, says nothing about the target: it may not be trusted for another reason,
 * which OpenSSL then hides.
 *
 * @param code what OpenSSL said
 * @throws OwnClockWrong
 */
export function assertOwnClockRight(code: string, shown: ShownCertificate, nowMs: number): void {
  if (code !== 'CERT_HAS_EXPIRED' && code !== 'CERT_NOT_YET_VALID') return;
  if (nowMs < shown.chainFromMs || nowMs >= shown.chainToMs) return;
  throw new OwnClockWrong(
    `This machine's clock is wrong: it says ${new Date().toISOString()}, the database ${new Date(nowMs).toISOString()}.`,
  );
}

/** @param leastDays with fewer whole days left than that a certificate is worth a warning; null: never */
export function expiringSoon(
  certificate: ShownCertificate,
  leastDays: number | null,
  nowMs: number,
): Degraded | null {
  const days = Math.floor(daysLeft(certificate, nowMs));
  if (leastDays === null || days >= leastDays) return null;
  const left = days === 0 ? 'less than a day' : days === 1 ? '1 day' : `${days} days`;
  const end = new Date(certificate.toMs);
  const date = `${end.getUTCDate()} ${MONTHS[end.getUTCMonth()]} ${end.getUTCFullYear()}`;
  return { code: 'certificate_expiring', reason: `The certificate expires in ${left}, on ${date}.` };
}
