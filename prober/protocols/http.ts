import { isUtf8 } from 'node:buffer';
import type { CheckSpec } from '../../shared/checks/check-spec.ts';
import { needsBody } from '../../shared/checks/evaluate/exchange.ts';
import { firstFailure } from '../../shared/checks/evaluate/first-failure.ts';
import { parseHttpTarget } from '../../shared/checks/http-target.ts';
import { CheckFailure } from './check-failure.ts';
import { exchange } from './http-exchange.ts';
import { daysLeft, expiringSoon } from './judge-certificate.ts';
import type { Holds, ProtocolContext, Recording } from './protocol.ts';
import { readBody } from './read-body.ts';

const USER_AGENT = 'StatusWatch/1 (uptime check)';
const MAX_REDIRECTS = 10;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** What of a monitor's own headers goes along to another origin: nothing that could be a credential. */
const HARMLESS_HEADERS = new Set(['accept', 'accept-language', 'user-agent', 'content-type']);

/** What describes a body goes with the body (Fetch standard, "request-body-header name"). */
const BODY_HEADERS = new Set(['content-encoding', 'content-language', 'content-location', 'content-type']);

/** One request of a chain of redirects. */
type Hop = { url: URL; method: string; headers: Record<string, string>; body: string | null };

/** Sends the monitor's request, follows redirects, and judges the last response by the monitor's assertions. */
export async function checkHttp(
  spec: CheckSpec,
  context: ProtocolContext,
  recording: Recording,
  signal: AbortSignal,
): Promise<Holds> {
  const { method, headers, body, followRedirects, ipVersion, httpVersion } = spec.http;
  let hop: Hop = { url: new URL(spec.target), method, headers, body };
  for (let redirects = 0; ; redirects++) {
    const { url, method, body } = hop;
    const request = { url, method, headers: headersOf(hop), body, ipVersion, httpVersion };
    const response = await exchange(request, context, recording, signal);
    const { statusCode, certificate } = response;
    const { location } = response.headers;
    if (!followRedirects || !REDIRECTS.has(statusCode) || location === undefined) {
      const read = await readBody(response, needsBody(spec.assertions), recording.trace);
      const verdicts = await context.judge(spec.assertions, {
        statusCode,
        headers: response.headers,
        body: read,
        timings: recording.timer.answered(),
        certificateDaysLeft: certificate && daysLeft(certificate, context.nowMs()),
      });
      const failure = firstFailure(verdicts, statusCode);
      if (failure !== null) throw new CheckFailure(failure.code, failure.reason, statusCode);
      const dead = await recording.families.findDead();
      const expiring = certificate && expiringSoon(certificate, spec.certificateDays, context.nowMs());
      return { statusCode, degraded: dead ?? expiring };
    }
    response.body.destroy();
    if (redirects === MAX_REDIRECTS) {
      throw new CheckFailure('too_many_redirects', `More than ${MAX_REDIRECTS} redirects.`, statusCode);
    }
    hop = redirected(hop, location, statusCode);
  }
}

/** The next request of the chain, as browsers make it (Fetch standard, "HTTP-redirect fetch"). */
function redirected(hop: Hop, location: string, statusCode: number): Hop {
  const refuse = (sentence: string) =>
    new CheckFailure('redirect_invalid', `Redirected badly: ${sentence}`, statusCode);
  const address = textOfHeader(location);
  if (!URL.canParse(address, hop.url)) throw refuse('the Location header is not an address.');
  const parsed = parseHttpTarget(new URL(address, hop.url).href);
  if (!parsed.ok) throw refuse(parsed.sentence);
  const url = new URL(parsed.target);
  const headers =
    url.origin === hop.url.origin
      ? hop.headers
      : headersWhere(hop.headers, (name) => HARMLESS_HEADERS.has(name));
  const becomesGet =
    (statusCode === 303 && hop.method !== 'HEAD') ||
    ((statusCode === 301 || statusCode === 302) && hop.method === 'POST');
  if (!becomesGet) return { ...hop, url, headers };
  return {
    url,
    method: 'GET',
    headers: headersWhere(headers, (name) => !BODY_HEADERS.has(name)),
    body: null,
  };
}

const headersWhere = (headers: Record<string, string>, keep: (lowerCaseName: string) => boolean) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => keep(name.toLowerCase())));

/** Node reads headers as Latin-1; servers that write other letters into Location mean UTF-8, as browsers take it. */
function textOfHeader(value: string): string {
  const bytes = Buffer.from(value, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : value;
}

/** Names and values in turn: the monitor's own headers, and ours where it has none of that name. */
function headersOf({ headers }: Hop): string[] {
  const given = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const all: string[] = [];
  if (!given.has('user-agent')) all.push('User-Agent', USER_AGENT);
  if (!given.has('accept')) all.push('Accept', '*/*');
  if (!given.has('accept-encoding')) all.push('Accept-Encoding', 'gzip, br, zstd'); // not deflate: servers disagree on what it is
  for (const [name, value] of Object.entries(headers)) all.push(name, value);
  return all;
}
