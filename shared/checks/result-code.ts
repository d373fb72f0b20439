/**
 * The stable code of a result that is not plainly up. `reason` says the same in one sentence for people;
 * programs switch on this.
 */
export const RESULT_CODES = [
  'ok',
  'slow',
  'assertion_failed',
  'unexpected_status',
  'target_not_allowed',
  'dns_not_found',
  'dns_failed',
  'connect_refused',
  'connect_failed',
  'connect_reset',
  'tls_failed',
  'certificate_invalid',
  'certificate_expired',
  'certificate_expiring',
  'address_family_dead',
  'auth_failed',
  'timeout',
  'too_many_redirects',
  'redirect_invalid',
  'headers_too_large',
  'invalid_response',
  'body_incomplete',
  'body_undecodable',
  'prober_offline',
  'internal',
] as const;
export type ResultCode = (typeof RESULT_CODES)[number];
