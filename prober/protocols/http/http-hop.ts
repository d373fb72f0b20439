import type { CheckSpec } from '../../../shared/checks/check-spec.ts';
import { parseHttpTarget } from '../../../shared/checks/http-target.ts';
import { CheckFailure } from '../check-failure.ts';
import { headerText } from './header-text.ts';
import { requestBody } from './request-body.ts';

/** One request of a chain of redirects. */
export type Hop = {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: string | null;
  /** The chain has not left the target's own origin: credentials may go along. */
  isHome: boolean;
};

/** What of a monitor's own headers goes along to another origin: nothing that could be a credential. */
const HARMLESS_HEADERS = new Set(['accept', 'accept-language', 'user-agent', 'content-type']);

/** What describes a body goes with the body (Fetch standard, "request-body-header name"). */
const BODY_HEADERS = new Set(['content-encoding', 'content-language', 'content-location', 'content-type']);

/** The request that a monitor asks for. Its `auth`, where there is one, writes the Authorization header. */
export function firstHop({ target, http }: CheckSpec): Hop {
  const { body, contentType } = requestBody(http);
  const own =
    http.auth.type === 'none' ? http.headers : headersWhere(http.headers, (name) => name !== 'authorization');
  const namesType = Object.keys(own).some((name) => name.toLowerCase() === 'content-type');
  const headers = contentType === null || namesType ? own : { ...own, 'Content-Type': contentType };
  return { url: new URL(target), method: http.method, headers, body, isHome: true };
}

/**
 * The next request of the chain, as browsers make it (Fetch standard, "HTTP-redirect fetch").
 *
 * @throws CheckFailure `redirect_invalid`
 */
export function redirected(hop: Hop, location: string, statusCode: number): Hop {
  const refuse = (sentence: string) =>
    new CheckFailure('redirect_invalid', `Redirected badly: ${sentence}`, statusCode);
  const address = headerText(location);
  if (!URL.canParse(address, hop.url)) throw refuse('the Location header is not an address.');
  const parsed = parseHttpTarget(new URL(address, hop.url).href);
  if (!parsed.ok) throw refuse(parsed.sentence);
  const url = new URL(parsed.target);
  const isSameOrigin = url.origin === hop.url.origin;
  const headers = isSameOrigin
    ? hop.headers
    : headersWhere(hop.headers, (name) => HARMLESS_HEADERS.has(name));
  const isHome = hop.isHome && isSameOrigin;
  const becomesGet =
    (statusCode === 303 && hop.method !== 'HEAD') ||
    ((statusCode === 301 || statusCode === 302) && hop.method === 'POST');
  if (!becomesGet) return { ...hop, url, headers, isHome };
  return {
    url,
    method: 'GET',
    headers: headersWhere(headers, (name) => !BODY_HEADERS.has(name)),
    body: null,
    isHome,
  };
}

const headersWhere = (headers: Record<string, string>, keep: (lowerCaseName: string) => boolean) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => keep(name.toLowerCase())));
