import { createHash } from 'node:crypto';
import type { CertificateRecord } from '../../../shared/checks/exchange-record.ts';
import type { DemoService } from './services.ts';

const DAY_MS = 86_400_000;
/** What its issuer gives. */
const LASTS_DAYS = 90;

const ROOT = { subject: 'Example Root CA 1', issuer: 'Example Root CA 1' };
const INTERMEDIATE = { subject: 'Example TLS CA R4', issuer: ROOT.subject };

/** The certificate a service showed at an instant; null for one that speaks plain HTTP. */
export function certificateOf(
  service: DemoService,
  atMs: number,
  madeAtMs: number,
): CertificateRecord | null {
  if (!service.target.startsWith('https:')) return null;
  const host = new URL(service.target).hostname;
  const validToMs = expiredAtMs(service, atMs, madeAtMs) ?? validUntilMs(service, atMs, madeAtMs);
  return {
    subject: host,
    issuer: INTERMEDIATE.subject,
    names: [host, `www.${host}`],
    validFrom: instant(validToMs - LASTS_DAYS * DAY_MS),
    validTo: instant(validToMs),
    fingerprint: fingerprintOf(`${host} ${validToMs}`),
    serialNumber: fingerprintOf(`serial ${host} ${validToMs}`).replaceAll(':', '').slice(0, 32),
    chain: [
      {
        ...INTERMEDIATE,
        validTo: instant(madeAtMs + 700 * DAY_MS),
        fingerprint: fingerprintOf(INTERMEDIATE.subject),
      },
      { ...ROOT, validTo: instant(madeAtMs + 4000 * DAY_MS), fingerprint: fingerprintOf(ROOT.subject) },
    ],
    problem: validToMs <= atMs ? 'The certificate has expired.' : null,
  };
}

/** When it had ended, while nobody had noticed. */
function expiredAtMs({ episodes }: DemoService, atMs: number, madeAtMs: number): number | undefined {
  const episode = episodes.find(
    ({ trouble, fromMs, untilMs }) =>
      trouble.kind === 'certificate_expired' &&
      atMs >= madeAtMs - fromMs &&
      (untilMs === null || atMs < madeAtMs - untilMs),
  );
  return episode === undefined ? undefined : madeAtMs - episode.fromMs;
}

/** Each is followed by the next; the last of them ends when the service says. */
function validUntilMs({ certificateDaysLeft }: DemoService, atMs: number, madeAtMs: number): number {
  const lastMs = madeAtMs + certificateDaysLeft * DAY_MS;
  const later = Math.max(0, Math.ceil((lastMs - atMs) / (LASTS_DAYS * DAY_MS)) - 1);
  return lastMs - later * LASTS_DAYS * DAY_MS;
}

const instant = (epochMs: number) => new Date(epochMs).toISOString();

const fingerprintOf = (text: string) =>
  (createHash('sha256').update(text).digest('hex').toUpperCase().match(/../g) ?? []).join(':');
