import { harmless } from '../../../shared/checks/evaluate/harmless.ts';
import type { ConnectError } from '../../../shared/network/guarded-connect.ts';
import { CheckFailure } from '../check-failure.ts';

const CERTIFICATE_SENTENCES: Record<string, string> = {
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'leads to a self-signed certificate that is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'comes without the intermediate certificate that signed it',
  UNABLE_TO_GET_ISSUER_CERT: 'comes from an issuer that is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'comes from an issuer that is not trusted',
  CERT_NOT_YET_VALID: 'is not valid yet',
  CERT_REVOKED: 'was revoked',
  CERT_UNTRUSTED: 'is not trusted',
  INVALID_PURPOSE: 'is not one for servers',
};

/** This machine is out of files, ports or memory: no target can cause that. */
const OWN_SHORTAGES = new Set(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'ENOMEM']);

/** What went wrong on the way to the target, in the words of who has to mend it; null for what no target can cause. */
export function failureOfConnect(error: ConnectError, hostname: string, port: number): CheckFailure | null {
  if (OWN_SHORTAGES.has(error.code)) return null;
  const place = harmless(error.address === null ? `${hostname}:${port}` : placeOf(error.address, port), 80);
  if (error.kind === 'refused') return new CheckFailure('target_not_allowed', error.message);
  if (error.kind === 'no_such_family') return new CheckFailure('dns_not_found', error.message);
  switch (error.phase) {
    case 'dns':
      return error.kind === 'not_found'
        ? new CheckFailure(
            'dns_not_found',
            `The name ${harmless(hostname, 80)} does not exist, or has no address.`,
          )
        : new CheckFailure(
            'dns_failed',
            `The name ${harmless(hostname, 80)} could not be looked up (${error.code}).`,
          );
    case 'connect':
      if (error.code === 'ECONNREFUSED') {
        return new CheckFailure('connect_refused', `Connection refused by ${place}.`);
      }
      if (error.code === 'ECONNRESET') {
        return new CheckFailure('connect_reset', `Connection reset by ${place}.`);
      }
      return new CheckFailure('connect_failed', `No connection to ${place} (${error.code || 'no answer'}).`);
    case 'tls':
      return failureOfTls(error);
    default:
      return error.phase satisfies never;
  }
}

function failureOfTls(error: ConnectError): CheckFailure {
  if (error.code === 'CERT_HAS_EXPIRED') {
    return new CheckFailure('certificate_expired', 'The certificate has expired.');
  }
  const certificate = CERTIFICATE_SENTENCES[error.code];
  if (certificate !== undefined)
    return new CheckFailure('certificate_invalid', `The certificate ${certificate}.`);
  if (error.code === 'ECONNRESET') {
    return new CheckFailure('tls_failed', 'The connection was closed during the TLS handshake.');
  }
  // What OpenSSL makes of an answer that does not begin as TLS does.
  if (error.code === 'ERR_SSL_WRONG_VERSION_NUMBER') {
    return new CheckFailure(
      'tls_failed',
      'This port does not answer in TLS. If it is plain HTTP, let the address begin with http://.',
    );
  }
  return new CheckFailure(
    'tls_failed',
    `The TLS handshake failed (${harmless(error.code || error.message, 80)}).`,
  );
}

/** What went wrong once the request was on its way; null for what no target can cause. */
export function failureOfExchange(error: unknown): CheckFailure | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new CheckFailure('headers_too_large', 'The response has more than 16 KiB of headers.');
  }
  if (code.startsWith('HPE_')) {
    return new CheckFailure('invalid_response', `The answer is not HTTP (${harmless(code, 40)}).`);
  }
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    return new CheckFailure('connect_reset', 'The connection was closed before a response came.');
  }
  if (code === 'ETIMEDOUT' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH') {
    return new CheckFailure('connect_failed', `The connection was lost before a response came (${code}).`);
  }
  if (code.startsWith('ERR_SSL') || code === 'EPROTO') {
    return new CheckFailure('tls_failed', `The TLS connection broke (${harmless(code, 60)}).`);
  }
  return null;
}

const placeOf = (address: string, port: number) =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
