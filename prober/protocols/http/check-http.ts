import type { CheckSpec } from '../../../shared/checks/check-spec.ts';
import { needsBody } from '../../../shared/checks/evaluate/exchange.ts';
import { firstFailure } from '../../../shared/checks/evaluate/first-failure.ts';
import { CheckFailure } from '../check-failure.ts';
import { daysLeft, expiringSoon } from '../judge-certificate.ts';
import type { Holds, ProtocolContext, Recording } from '../protocol.ts';
import { ChainCookies } from './chain-cookies.ts';
import { credentialsOf } from './credentials/credentials-of.ts';
import { type CertifiedResponse, exchange } from './http-exchange.ts';
import { firstHop, redirected } from './http-hop.ts';
import { readBody } from './read-body.ts';
import { requestHeaders } from './request-headers.ts';

const MAX_REDIRECTS = 10;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Sends the monitor's request, says who it is where that is asked, follows redirects, and judges the last response by the
 * monitor's assertions.
 */
export async function checkHttp(
  spec: CheckSpec,
  context: ProtocolContext,
  recording: Recording,
  signal: AbortSignal,
): Promise<Holds> {
  const { followRedirects, auth, clientCertificate, ipVersion, httpVersion } = spec.http;
  const atHome =
    clientCertificate === null
      ? context
      : { ...context, secureContext: context.clientContexts.for(clientCertificate) };
  const credentials = credentialsOf(auth, { context, recording, signal });
  const cookies = new ChainCookies();
  let hop = firstHop(spec);
  for (let redirects = 0; ; ) {
    const { url, method, body, isHome } = hop;
    const authorization = isHome && credentials !== null ? await credentials.authorize(hop) : null;
    if (authorization !== null) recording.trace.keepSecret(authorization);
    const headers = requestHeaders(hop, { authorization, cookies });
    const request = { url, method, headers, body, ipVersion, httpVersion };
    const response = await exchange(request, isHome ? atHome : context, recording, signal);
    const { statusCode } = response;
    const { location, 'set-cookie': setCookies } = response.headers;
    const goesOn = followRedirects && REDIRECTS.has(statusCode) && location !== undefined;
    const asksAgain =
      statusCode === 401 && isHome && (credentials?.isWorthAnother(response, authorization) ?? false);
    if (!goesOn && !asksAgain) return judge(response, spec, context, recording);
    response.body.destroy();
    if (goesOn) {
      if (redirects++ === MAX_REDIRECTS) {
        throw new CheckFailure('too_many_redirects', `More than ${MAX_REDIRECTS} redirects.`, statusCode);
      }
      hop = redirected(hop, location, statusCode);
    }
    await cookies.take(url, setCookies);
  }
}

async function judge(
  response: CertifiedResponse,
  { assertions, certificateDays }: CheckSpec,
  { judge: judgeAssertions, nowMs }: ProtocolContext,
  { timer, trace, families }: Recording,
): Promise<Holds> {
  const { statusCode, headers, certificate } = response;
  const body = await readBody(response, needsBody(assertions), trace);
  const verdicts = await judgeAssertions(assertions, {
    statusCode,
    headers,
    body,
    timings: timer.answered(),
    certificateDaysLeft: certificate && daysLeft(certificate, nowMs()),
  });
  const failure = firstFailure(verdicts, statusCode);
  if (failure !== null) throw new CheckFailure(failure.code, trace.conceal(failure.reason), statusCode);
  const dead = await families.findDead();
  const expiring = certificate && expiringSoon(certificate, certificateDays, nowMs());
  return { statusCode, degraded: dead ?? expiring };
}
