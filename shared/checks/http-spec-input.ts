import * as v from 'valibot';
import { storableText } from '../storable-text.ts';
import {
  type ClientCertificate,
  clientCertificateSchema,
  type HttpAuth,
  httpAuthSchema,
} from './http-auth-input.ts';

export const HTTP_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** Headers the prober sets itself; a monitor that set them could confuse servers about where a request ends. */
export const OWN_HEADERS: readonly string[] = [
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'keep-alive',
  'proxy-connection',
  'expect',
];

/**
 * What `body` is. `text` goes out as it is. `json` is JSON. `form` is written like a query ("a=1&b=2"). `graphql` is a
 * query, with `graphqlVariables` beside it. All but `text` bring their own Content-Type, where no header names one.
 */
export const BODY_TYPES = ['text', 'json', 'form', 'graphql'] as const;
export type BodyType = (typeof BODY_TYPES)[number];

/** Which addresses of the target may be used. `either` tells when only one family of a host that has both answers. */
export const IP_VERSIONS = ['either', '4', '6'] as const;
export type IpVersion = (typeof IP_VERSIONS)[number];

/** `auto` takes HTTP/2 where a TLS target offers it (ALPN). */
export const HTTP_VERSIONS = ['auto', '1.1'] as const;
export type HttpVersion = (typeof HTTP_VERSIONS)[number];

const headerName = v.pipe(
  v.string(),
  v.regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,128}$/, 'This is not a header name.'),
  v.check((name) => !OWN_HEADERS.includes(name.toLowerCase()), 'StatusWatch sets this header itself.'),
);

/** Null keeps the stored value of a header that is secret (`isSecretHeader`); those are answered as null. */
const headerValue = v.nullable(
  v.pipe(
    v.string(),
    v.maxLength(4096, 'Use 4,096 characters at most.'),
    v.regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'Use one line of printable characters.'),
  ),
);

const longText = v.pipe(v.string(), v.maxLength(65_536, 'Use 64 KiB at most.'), storableText);

/** How an `http` monitor asks. Every field has its default. */
export const httpSpecSchema = v.object({
  method: v.optional(v.picklist(HTTP_METHODS, `Use one of ${HTTP_METHODS.join(', ')}.`), 'GET'),
  headers: v.optional(
    v.pipe(
      v.record(headerName, headerValue),
      v.check((headers) => Object.keys(headers).length <= 50, 'Use 50 headers at most.'),
    ),
    {},
  ),
  body: v.optional(v.nullable(longText), null),
  bodyType: v.optional(v.picklist(BODY_TYPES, `Use one of ${BODY_TYPES.join(', ')}.`), 'text'),
  /** JSON object; only with `bodyType` `graphql`. */
  graphqlVariables: v.optional(v.nullable(longText), null),
  followRedirects: v.optional(v.boolean(), true),
  auth: v.optional(httpAuthSchema, { type: 'none' }),
  clientCertificate: v.optional(clientCertificateSchema, null),
  ipVersion: v.optional(v.picklist(IP_VERSIONS, `Use one of ${IP_VERSIONS.join(', ')}.`), 'either'),
  httpVersion: v.optional(v.picklist(HTTP_VERSIONS, `Use one of ${HTTP_VERSIONS.join(', ')}.`), 'auto'),
});

/** As it is asked for, stored and answered: where a secret is kept stands null. */
export type HttpSettings = v.InferOutput<typeof httpSpecSchema>;

/** As the prober uses it: with its secrets. */
export type HttpSpec = Omit<HttpSettings, 'headers' | 'auth' | 'clientCertificate'> & {
  headers: Record<string, string>;
  auth: HttpAuth;
  clientCertificate: ClientCertificate;
};

/** A plain GET: what a monitor asks that says nothing of it. Rows of before a field was there are filled up from here. */
export const PLAIN_HTTP: HttpSpec = {
  method: 'GET',
  headers: {},
  body: null,
  bodyType: 'text',
  graphqlVariables: null,
  followRedirects: true,
  auth: { type: 'none' },
  clientCertificate: null,
  ipVersion: 'either',
  httpVersion: 'auto',
};
