import * as v from 'valibot';
import { storableText } from '../storable-text.ts';

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

const headerName = v.pipe(
  v.string(),
  v.regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,128}$/, 'This is not a header name.'),
  v.check((name) => !OWN_HEADERS.includes(name.toLowerCase()), 'StatusWatch sets this header itself.'),
);

const headerValue = v.pipe(
  v.string(),
  v.maxLength(4096, 'Use 4,096 characters at most.'),
  v.regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'Use one line of printable characters.'),
);

/** How an `http` monitor asks: method, headers, body, redirects. Every field has its default. */
export const httpSpecSchema = v.object({
  method: v.optional(v.picklist(HTTP_METHODS, `Use one of ${HTTP_METHODS.join(', ')}.`), 'GET'),
  headers: v.optional(
    v.pipe(
      v.record(headerName, headerValue),
      v.check((headers) => Object.keys(headers).length <= 50, 'Use 50 headers at most.'),
    ),
    {},
  ),
  body: v.optional(
    v.nullable(v.pipe(v.string(), v.maxLength(65_536, 'Use 64 KiB at most.'), storableText)),
    null,
  ),
  followRedirects: v.optional(v.boolean(), true),
});

export type HttpSpec = v.InferOutput<typeof httpSpecSchema>;
