import type { AuthType, ClientAuthentication } from '../../../../../shared/checks/http-auth-input.ts';
import type { BodyType, HttpVersion, IpVersion } from '../../../../../shared/checks/http-spec-input.ts';

/** What each way of authentication is called. */
export const AUTH_WORDS: Record<AuthType, string> = {
  none: 'None',
  basic: 'Basic',
  bearer: 'Bearer token',
  digest: 'Digest',
  oauth2: 'OAuth 2 client credentials',
};

/** How an OAuth2 client names itself to the token endpoint. */
export const CLIENT_AUTHENTICATION_WORDS: Record<ClientAuthentication, string> = {
  basic: 'As a Basic header',
  body: 'As fields of the body',
};

export const BODY_WORDS: Record<BodyType, string> = {
  text: 'Text',
  json: 'JSON',
  form: 'Form',
  graphql: 'GraphQL',
};

export const IP_WORDS: Record<IpVersion, string> = {
  either: 'IPv4 or IPv6',
  '4': 'IPv4 only',
  '6': 'IPv6 only',
};

export const HTTP_WORDS: Record<HttpVersion, string> = {
  auto: 'HTTP/2 where offered',
  '1.1': 'HTTP/1.1 only',
};
