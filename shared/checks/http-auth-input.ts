import * as v from 'valibot';
import { storableText } from '../storable-text.ts';

/** How an `http` monitor says who it is. Anything else goes into headers of its own. */
export const AUTH_TYPES = ['none', 'basic', 'bearer', 'digest', 'oauth2'] as const;
export type AuthType = (typeof AUTH_TYPES)[number];

/**
 * How an OAuth2 client names itself to the token endpoint (RFC 6749, 2.3.1): `basic` in the Authorization header, `body` as fields
 * of what it asks for. Others know them as `client_secret_basic` and `client_secret_post`.
 */
export const CLIENT_AUTHENTICATIONS = ['basic', 'body'] as const;
export type ClientAuthentication = (typeof CLIENT_AUTHENTICATIONS)[number];

/** By hand: `toLocaleString` brings all that is known of languages into memory, 7 MB in each process. */
const withCommas = (whole: number) => String(whole).replaceAll(/\B(?=(\d{3})+$)/g, ',');

const text = (most: number, sentence: string) =>
  v.pipe(
    v.string(sentence),
    v.minLength(1, sentence),
    v.maxLength(most, `Use ${withCommas(most)} characters at most.`),
    storableText,
  );

/** A secret that is set; null keeps the one that is stored. Secrets are never answered: they come back as null. */
const secret = (most: number, sentence: string) => v.nullable(text(most, sentence));

const username = v.pipe(
  text(256, 'Give a user name.'),
  v.regex(/^[^\p{Cc}]*$/u, 'Use no control characters.'),
);

export const httpAuthSchema = v.variant(
  'type',
  [
    v.object({ type: v.literal('none') }),
    v.object({
      type: v.literal('basic'),
      username: v.pipe(username, v.excludes(':', 'A user name for basic authentication has no colon in it.')),
      password: secret(1024, 'Give a password.'),
    }),
    v.object({ type: v.literal('digest'), username, password: secret(1024, 'Give a password.') }),
    v.object({
      type: v.literal('bearer'),
      token: v.nullable(
        v.pipe(text(8192, 'Give a token.'), v.regex(/^[\x21-\x7e]+$/, 'A token has no spaces in it.')),
      ),
    }),
    v.object({
      type: v.literal('oauth2'),
      /** Where the client credentials are exchanged for a token (RFC 6749, 4.4). The target guard judges it too. */
      tokenUrl: v.pipe(text(2048, 'Give the address of the token endpoint.'), v.trim()),
      clientId: text(512, 'Give the client id.'),
      clientSecret: secret(1024, 'Give the client secret.'),
      scope: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(1024), storableText), ''),
      clientAuthentication: v.optional(
        v.picklist(CLIENT_AUTHENTICATIONS, `Use one of ${CLIENT_AUTHENTICATIONS.join(', ')}.`),
        'basic',
      ),
    }),
  ],
  `Use one of ${AUTH_TYPES.join(', ')}.`,
);

/** As it is asked for and answered: secrets are null where they are kept. */
export type HttpAuthSettings = v.InferOutput<typeof httpAuthSchema>;

/** As the prober uses it: with its secrets. */
export type HttpAuth =
  | { type: 'none' }
  | { type: 'basic' | 'digest'; username: string; password: string }
  | { type: 'bearer'; token: string }
  | {
      type: 'oauth2';
      tokenUrl: string;
      clientId: string;
      clientSecret: string;
      scope: string;
      clientAuthentication: ClientAuthentication;
    };

/** A certificate the monitor shows to the target, with its key; both PEM. The key is a secret. */
export const clientCertificateSchema = v.nullable(
  v.object({
    certificate: v.pipe(
      text(32_768, 'Paste the certificate as PEM.'),
      v.includes(
        '-----BEGIN CERTIFICATE-----',
        'A certificate in PEM begins with -----BEGIN CERTIFICATE-----.',
      ),
    ),
    key: v.nullable(
      v.pipe(
        text(32_768, 'Paste the private key as PEM.'),
        v.regex(
          /-----BEGIN ([A-Z]+ )?PRIVATE KEY-----/,
          'A private key in PEM begins with -----BEGIN PRIVATE KEY-----.',
        ),
      ),
    ),
  }),
);

export type ClientCertificateSettings = v.InferOutput<typeof clientCertificateSchema>;
export type ClientCertificate = { certificate: string; key: string } | null;
