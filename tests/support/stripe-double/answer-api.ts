import { createHash, timingSafeEqual } from 'node:crypto';
import { ApiError, errorAnswer, invalid } from './api-error.ts';
import { API_ROUTES } from './api-routes.ts';
import { expand } from './expand.ts';
import { makeId } from './make-id.ts';
import { readForm } from './read-form.ts';
import { ParamReader } from './read-params.ts';
import { API_VERSION } from './stripe-objects.ts';
import { DAY_SECONDS } from './time.ts';
import { nowOf, type World } from './world.ts';

export type ApiRequest = {
  method: string;
  /** With its query. */
  url: URL;
  headers: Record<string, string | undefined>;
  body: string;
};

export type ApiAnswer = { status: number; headers: Record<string, string>; body: unknown };

/** Answers a request to `/v1/...`. @param fault what a test wants to go wrong with it, before anything is done */
export function answerApi(
  world: World,
  secretKey: string,
  request: ApiRequest,
  fault: ApiError | undefined,
): ApiAnswer {
  const requestId = makeId('req', 14);
  const headers: Record<string, string> = { 'request-id': requestId };
  // Only a POST is remembered by its key: https://docs.stripe.com/api/idempotent_requests.
  const key = request.method === 'POST' ? request.headers['idempotency-key'] : undefined;
  const answer = (status: number, body: unknown): ApiAnswer => ({ status, headers, body });
  try {
    assertKey(secretKey, request.headers.authorization);
    headers['stripe-version'] = readVersion(request.headers['stripe-version']);
    if (fault !== undefined) throw fault;
    if (key === undefined) return answer(200, perform(world, request, requestId, null));
    headers['idempotency-key'] = key;
    const fingerprint = fingerprintOf(request);
    const kept = world.state.answers[key];
    if (kept !== undefined && nowOf(world) - kept.at < DAY_SECONDS) {
      if (kept.fingerprint !== fingerprint) throw otherRequest(key);
      Object.assign(headers, { 'idempotent-replayed': 'true', 'original-request': kept.requestId });
      return answer(kept.status, kept.body);
    }
    const keep = (status: number, body: unknown) => {
      const kept = { fingerprint, status, body: structuredClone(body), requestId, at: nowOf(world) };
      world.state.answers[key] = kept;
      return answer(status, body);
    };
    try {
      return keep(200, perform(world, request, requestId, key));
    } catch (error) {
      // What was refused before it was begun is not remembered: the same key may be used again.
      if (!(error instanceof ApiError) || error.status !== 402) throw error;
      return keep(error.status, errorAnswer(error, requestId));
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 429) headers['stripe-rate-limited-reason'] = 'global-rate';
    return answer(error.status, errorAnswer(error, requestId));
  }
}

function perform(world: World, request: ApiRequest, requestId: string, key: string | null): unknown {
  const { method, url } = request;
  const path = url.pathname.split('/').slice(2).map(decodeURIComponent);
  for (const { method: wanted, path: pattern, handle } of API_ROUTES) {
    if (wanted !== method || !matches(pattern, path)) continue;
    const reader = new ParamReader(readSent(request));
    const paths = reader.texts('expand');
    world.request = { id: requestId, idempotency_key: key };
    try {
      return expand(world, handle({ world, id: idIn(pattern, path), reader }), paths);
    } finally {
      world.request = null;
    }
  }
  throw new ApiError(404, {
    message: `Unrecognized request URL (${method}: ${url.pathname}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
    type: 'invalid_request_error',
  });
}

const matches = (pattern: string[], path: string[]) =>
  pattern.length === path.length && pattern.every((part, at) => part === ':id' || part === path[at]);

const idIn = (pattern: string[], path: string[]) => path[pattern.indexOf(':id')] ?? '';

function readSent({ method, url, headers, body }: ApiRequest) {
  const form = method === 'POST' || body !== '';
  const type = headers['content-type'] ?? '';
  if (form && body !== '' && !type.startsWith('application/x-www-form-urlencoded')) {
    throw invalid(`Invalid content type: ${type}. Parameters are sent as application/x-www-form-urlencoded.`);
  }
  try {
    return readForm(form ? body : url.search);
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error));
  }
}

/** A key comes as Bearer, or as the name of Basic, as curl sends it. */
function assertKey(secretKey: string, authorization: string | undefined): void {
  const [, scheme, credentials = ''] = /^(Bearer|Basic) (.+)$/.exec(authorization ?? '') ?? [];
  const sent =
    scheme === 'Basic' ? (Buffer.from(credentials, 'base64').toString().split(':')[0] ?? '') : credentials;
  if (sent === '') {
    throw new ApiError(401, {
      message:
        'You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. "Authorization: Bearer YOUR_SECRET_KEY").',
      type: 'invalid_request_error',
    });
  }
  if (timingSafeEqual(digest(sent), digest(secretKey))) return;
  throw new ApiError(401, {
    message: `Invalid API Key provided: ${sent.slice(0, 8)}${'*'.repeat(Math.max(0, sent.length - 12))}${sent.slice(-4)}`,
    type: 'invalid_request_error',
  });
}

/** One version is played; an answer of another shape would be a lie. */
function readVersion(version: string | undefined): string {
  if (version !== undefined && version !== API_VERSION)
    throw invalid(`Invalid Stripe API version: ${version}`);
  return API_VERSION;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

const fingerprintOf = ({ method, url, body }: ApiRequest) =>
  digest(`${method} ${url.pathname}${url.search}\n${body}`).toString('base64url');

const otherRequest = (key: string) =>
  new ApiError(400, {
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    type: 'idempotency_error',
  });
