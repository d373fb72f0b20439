import { isSecretHeader } from '../../shared/checks/http-secrets.ts';
import type { HttpSpec } from '../../shared/checks/http-spec-input.ts';
import { basicAuthorization, clientAuthorization } from '../protocols/http/credentials/credentials.ts';

/** What a monitor keeps secret; and what is only part of that, or long: it is looked for as it is written. */
export type Secrets = { whole: string[]; parts: string[] };

export function secretsOf(http: HttpSpec): Secrets {
  const secret = Object.entries(http.headers).filter(([name]) => isSecretHeader(name));
  return {
    whole: [
      ...secret.flatMap(([, value]) => [value, ...credentialsIn(value)]),
      ...authSecrets(http),
      ...(http.clientCertificate === null ? [] : [http.clientCertificate.key]),
    ],
    parts: [...secret.flatMap(([name, value]) => partsOf(name, value)), ...bodySecrets(http)],
  };
}

function authSecrets({ auth }: HttpSpec): string[] {
  switch (auth.type) {
    case 'none':
      return [];
    case 'basic':
    case 'digest':
      return [auth.password, withoutScheme(basicAuthorization(auth.username, auth.password))];
    case 'bearer':
      return [auth.token];
    case 'oauth2':
      return [auth.clientSecret, withoutScheme(clientAuthorization(auth.clientId, auth.clientSecret))];
    default:
      return auth satisfies never;
  }
}

const withoutScheme = (authorization: string) => authorization.slice(authorization.indexOf(' ') + 1);

/** Of a header `Basic x` that a person wrote himself: what it says of him. */
function credentialsIn(value: string): string[] {
  const basic = /^\s*basic\s+(\S+)\s*$/i.exec(value)?.[1];
  if (basic === undefined) return [];
  const credentials = Buffer.from(basic, 'base64').toString();
  return [basic, credentials, credentials.slice(credentials.indexOf(':') + 1)];
}

/** Each value of `Cookie: a=x; b=y`, and what follows the scheme of `Authorization: Token x`. */
function partsOf(name: string, value: string): string[] {
  switch (name.toLowerCase()) {
    case 'cookie':
      return value.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim());
    case 'authorization':
    case 'proxy-authorization':
      return [withoutScheme(value.trim())];
    default:
      return [];
  }
}

/** A body may hold a password, and not all who see what was kept may see it: as a whole, and the values of telling names. */
function bodySecrets({ body, bodyType, graphqlVariables }: HttpSpec): string[] {
  const all = [body, graphqlVariables].filter((text) => text !== null);
  const fields = bodyType === 'form' ? [...new URLSearchParams(body ?? '')] : all.flatMap(fieldsOfJson);
  return [...all, ...fields.filter(([name]) => isSecretHeader(name)).map(([, value]) => value)];
}

/** Names and texts, at whatever depth; none where it is no JSON. */
function fieldsOfJson(text: string): [name: string, value: string][] {
  const fields: [string, string][] = [];
  try {
    JSON.parse(text, (name, value: unknown) => {
      if (typeof value === 'string') fields.push([name, value]);
    });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return fields;
}
