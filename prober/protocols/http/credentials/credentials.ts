import type { HttpResponse } from '../http-message.ts';

/** How a check says who it is to the target's own origin. One object serves one check. */
export type Credentials = {
  /**
   * What goes into the Authorization header of a request; null for none.
   *
   * @throws CheckFailure `auth_failed`
   */
  authorize: (request: { method: string; url: URL }) => string | null | Promise<string | null>;
  /** Told of a 401, with what was sent: whether to ask once more, with what `authorize` says then. */
  isWorthAnother: (response: HttpResponse, sent: string | null) => boolean;
};

/** Credentials that are the same whatever the target says (RFC 7617, RFC 6750). */
export const fixedCredentials = (authorization: string): Credentials => ({
  authorize: () => authorization,
  isWorthAnother: () => false,
});

/** RFC 7617; in UTF-8, which is what servers take today. */
export const basicAuthorization = (username: string, password: string) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** How an OAuth2 client says who it is: name and secret are written as in a form first (RFC 6749, 2.3.1). */
export const clientAuthorization = (clientId: string, clientSecret: string) =>
  basicAuthorization(formEncoded(clientId), formEncoded(clientSecret));

const formEncoded = (text: string) => new URLSearchParams([['', text]]).toString().slice(1);
