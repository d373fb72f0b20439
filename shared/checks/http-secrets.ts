import type { HttpAuth, HttpAuthSettings } from './http-auth-input.ts';
import type { HttpSettings, HttpSpec } from './http-spec-input.ts';

/**
 * What of an `http` monitor is kept sealed (`monitors.sealed`). What is sent as the body too, since it may hold a password;
 * but that is answered to those who may edit.
 */
export type HttpSecrets = {
  headers: Record<string, string>;
  body: string | null;
  graphqlVariables: string | null;
  /** The password, token or client secret of `auth`. */
  auth: string | null;
  /** The private key of the client certificate, PEM. */
  clientKey: string | null;
};

export const NO_SECRETS: HttpSecrets = {
  headers: {},
  body: null,
  graphqlVariables: null,
  auth: null,
  clientKey: null,
};

/** Whether there is anything to seal. */
export const hasSecrets = ({ headers, ...rest }: HttpSecrets): boolean =>
  Object.keys(headers).length > 0 || Object.values(rest).some((secret) => secret !== null);

const SECRET_HEADERS =
  /^(authorization|cookie|proxy-authorization)$|key|token|secret|auth|passw|credential|session|signature/i;

/** Whether the value of a header is kept sealed and never answered. */
export const isSecretHeader = (name: string): boolean => SECRET_HEADERS.test(name);

/** Settings without their secrets, as they are stored, and the secrets, as they are sealed. */
export function concealHttp(spec: HttpSpec): { settings: HttpSettings; secrets: HttpSecrets } {
  const headers = Object.entries(spec.headers);
  return {
    settings: {
      ...spec,
      headers: Object.fromEntries(
        headers.map(([name, value]) => [name, isSecretHeader(name) ? null : value]),
      ),
      body: null,
      graphqlVariables: null,
      auth: concealAuth(spec.auth),
      clientCertificate:
        spec.clientCertificate === null
          ? null
          : { certificate: spec.clientCertificate.certificate, key: null },
    },
    secrets: {
      headers: Object.fromEntries(headers.filter(([name]) => isSecretHeader(name))),
      body: spec.body,
      graphqlVariables: spec.graphqlVariables,
      auth: secretOf(spec.auth),
      clientKey: spec.clientCertificate?.key ?? null,
    },
  };
}

type ClientSettings = Extract<HttpAuthSettings, { type: 'oauth2' }>;

/** `auth` as it is stored: rows of before an OAuth2 client could name itself in the body do not say how it does. */
type StoredAuth =
  | Exclude<HttpAuthSettings, ClientSettings>
  | (Omit<ClientSettings, 'clientAuthentication'> & Partial<Pick<ClientSettings, 'clientAuthentication'>>);

/** The opposite: stored settings with their secrets. A secret that is not there is empty. */
export function revealHttp(
  settings: Omit<HttpSettings, 'auth'> & { auth: StoredAuth },
  secrets: HttpSecrets,
): HttpSpec {
  return {
    ...settings,
    headers: Object.fromEntries(
      Object.entries(settings.headers).map(([name, value]) => [name, value ?? secrets.headers[name] ?? '']),
    ),
    body: settings.body ?? secrets.body,
    graphqlVariables: settings.graphqlVariables ?? secrets.graphqlVariables,
    auth: revealAuth(settings.auth, secrets.auth ?? ''),
    clientCertificate:
      settings.clientCertificate === null
        ? null
        : {
            certificate: settings.clientCertificate.certificate,
            key: settings.clientCertificate.key ?? secrets.clientKey ?? '',
          },
  };
}

function concealAuth(auth: HttpAuth): HttpAuthSettings {
  switch (auth.type) {
    case 'none':
      return auth;
    case 'basic':
    case 'digest':
      return { ...auth, password: null };
    case 'bearer':
      return { ...auth, token: null };
    case 'oauth2':
      return { ...auth, clientSecret: null };
    default:
      return auth satisfies never;
  }
}

function secretOf(auth: HttpAuth): string | null {
  switch (auth.type) {
    case 'none':
      return null;
    case 'basic':
    case 'digest':
      return auth.password;
    case 'bearer':
      return auth.token;
    case 'oauth2':
      return auth.clientSecret;
    default:
      return auth satisfies never;
  }
}

function revealAuth(auth: StoredAuth, secret: string): HttpAuth {
  switch (auth.type) {
    case 'none':
      return auth;
    case 'basic':
    case 'digest':
      return { ...auth, password: auth.password ?? secret };
    case 'bearer':
      return { ...auth, token: auth.token ?? secret };
    case 'oauth2':
      return { clientAuthentication: 'basic', ...auth, clientSecret: auth.clientSecret ?? secret };
    default:
      return auth satisfies never;
  }
}
