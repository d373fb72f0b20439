import { isSecretHeader } from '../../shared/checks/http-secrets.ts';
import type { HttpSpec } from '../../shared/checks/http-spec-input.ts';
import { basicAuthorization, clientAuthorization } from './credentials.ts';

/** Everything a monitor keeps secret, and what can be read from it. */
export function secretsOf({ headers, auth, clientCertificate }: HttpSpec): string[] {
  const secrets = Object.entries(headers).flatMap(([name, value]) =>
    isSecretHeader(name) ? [value, ...partsOf(value)] : [],
  );
  if (clientCertificate !== null) secrets.push(clientCertificate.key);
  switch (auth.type) {
    case 'none':
      return secrets;
    case 'basic':
    case 'digest':
      return [...secrets, auth.password, withoutScheme(basicAuthorization(auth.username, auth.password))];
    case 'bearer':
      return [...secrets, auth.token];
    case 'oauth2':
      return [
        ...secrets,
        auth.clientSecret,
        withoutScheme(clientAuthorization(auth.clientId, auth.clientSecret)),
      ];
    default:
      return auth satisfies never;
  }
}

/**
 * Of a header that is secret: what follows the scheme of `Authorization: Basic x`, password and all; and each value of
 * `Cookie: a=x; b=y`. Short ones are words such as "true", that stand everywhere.
 */
function partsOf(value: string): string[] {
  const parts = value.split(/[\s;,]+/).flatMap((part) => [part, part.slice(part.indexOf('=') + 1)]);
  const basic = /^basic\s+(\S+)$/i.exec(value)?.[1];
  if (basic !== undefined) {
    const credentials = Buffer.from(basic, 'base64').toString();
    parts.push(credentials, credentials.slice(credentials.indexOf(':') + 1));
  }
  return parts.filter((part) => part.length >= SHORTEST_PART);
}

const SHORTEST_PART = 6;

const withoutScheme = (authorization: string) => authorization.slice(authorization.indexOf(' ') + 1);
