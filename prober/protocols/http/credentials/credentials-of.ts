import type { HttpAuth } from '../../../../shared/checks/http-auth-input.ts';
import type { ProtocolContext, Recording } from '../../protocol.ts';
import { basicAuthorization, type Credentials, fixedCredentials } from './credentials.ts';
import { DigestCredentials } from './digest-credentials.ts';
import { TokenCredentials } from './token-credentials.ts';

/** The credentials that a monitor gives one of its checks; null when it gives none. */
export function credentialsOf(
  auth: HttpAuth,
  check: { context: ProtocolContext; recording: Recording; signal: AbortSignal },
): Credentials | null {
  switch (auth.type) {
    case 'none':
      return null;
    case 'basic':
      return fixedCredentials(basicAuthorization(auth.username, auth.password));
    case 'bearer':
      return fixedCredentials(`Bearer ${auth.token}`);
    case 'digest':
      return new DigestCredentials(auth, check.recording.trace);
    case 'oauth2':
      return new TokenCredentials(auth, check);
    default:
      return auth satisfies never;
  }
}
