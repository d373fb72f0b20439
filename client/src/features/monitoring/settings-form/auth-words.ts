import type { AuthType } from '../../../../../shared/checks/http-auth-input.ts';

/** What each way of authentication is called. */
export const AUTH_WORDS: Record<AuthType, string> = {
  none: 'None',
  basic: 'Basic',
  bearer: 'Bearer token',
  digest: 'Digest',
  oauth2: 'OAuth 2 client credentials',
};
