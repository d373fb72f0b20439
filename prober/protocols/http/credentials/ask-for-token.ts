import { harmless } from '../../../../shared/checks/evaluate/harmless.ts';
import { parseHttpTarget } from '../../../../shared/checks/http-target.ts';
import { CheckFailure } from '../../check-failure.ts';
import type { ProtocolContext, Recording } from '../../protocol.ts';
import { exchange } from '../http-exchange.ts';
import type { HttpResponse } from '../http-message.ts';
import { USER_AGENT } from '../user-agent.ts';
import { clientAuthorization } from './credentials.ts';
import type { GivenToken, TokenClient } from './token-cache.ts';

/** Of what a token endpoint answers this much is read; tokens have a few hundred bytes. */
const MAX_ANSWER_BYTES = 64 * 1024;
/** No server takes more in one header. */
const MAX_TOKEN_LENGTH = 8192;
/** A lifetime beyond this is taken for this. */
const MAX_LIFETIME_SECONDS = 30 * 86_400;

/**
 * Exchanges a client's credentials for a token (RFC 6749, 4.4), over a connection of its own that is guarded like any other.
 *
 * @param conceal takes the secrets out of what the endpoint says
 * @throws CheckFailure `auth_failed`
 */
export async function askForToken(
  client: TokenClient,
  { context, recording, conceal, signal }: AskingFor,
): Promise<GivenToken> {
  const parsed = parseHttpTarget(client.tokenUrl);
  if (!parsed.ok) throw unusable(parsed.sentence);
  try {
    const request = { method: 'POST', url: new URL(parsed.target), ...requestOf(client) };
    const response = await exchange(request, context, recording, signal);
    const answer = await readAnswer(response);
    return readToken(response.statusCode, answer, conceal);
  } catch (error) {
    if (!(error instanceof CheckFailure) || error.code === 'auth_failed') throw error;
    throw unusable(error.message);
  }
}

export type AskingFor = {
  context: ProtocolContext;
  recording: Recording;
  conceal: (text: string) => string;
  signal: AbortSignal;
};

function requestOf(client: TokenClient): { headers: string[]; body: string } {
  const { clientId, clientSecret, scope } = client;
  const inBody = client.clientAuthentication === 'body';
  const fields = {
    grant_type: 'client_credentials',
    ...(scope === '' ? {} : { scope }),
    ...(inBody ? { client_id: clientId, client_secret: clientSecret } : {}),
  };
  return {
    headers: [
      ...(inBody ? [] : ['Authorization', clientAuthorization(clientId, clientSecret)]),
      ...['Content-Type', 'application/x-www-form-urlencoded'],
      ...['Accept', 'application/json'],
      ...['Accept-Encoding', 'identity'],
      ...['User-Agent', USER_AGENT],
    ],
    body: new URLSearchParams(fields).toString(),
  };
}

function readAnswer({ body }: HttpResponse): Promise<string> {
  if (body.errored) throw unusable('its answer broke off.');
  return new Promise((done, fail) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    body.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes <= MAX_ANSWER_BYTES) return;
      fail(unusable('its answer is larger than 64 KiB.'));
      body.destroy();
    });
    body.once('end', () => done(Buffer.concat(chunks).toString()));
    body.once('error', () => fail(unusable('its answer broke off.')));
  });
}

function readToken(statusCode: number, answer: string, conceal: (text: string) => string): GivenToken {
  const fields = fieldsOf(answer);
  const said = (value: unknown) => `“${harmless(conceal(String(value)))}”`;
  if (statusCode !== 200) {
    if (typeof fields?.error !== 'string') throw unusable(`it answered with status ${statusCode}.`);
    const more = typeof fields.error_description === 'string' ? ` (${said(fields.error_description)})` : '';
    throw new CheckFailure('auth_failed', `The token endpoint gave no token: ${said(fields.error)}${more}.`);
  }
  if (fields === null) throw unusable('its answer is not a JSON object.');
  const { access_token: token, token_type: type = 'Bearer', expires_in: lifetime } = fields;
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token) || token.length > MAX_TOKEN_LENGTH) {
    throw unusable('its answer has no access_token that can be sent.');
  }
  if (String(type).toLowerCase() !== 'bearer') throw unusable(`it gives tokens of the type ${said(type)}.`);
  return { token, lifetimeMs: lifetimeMsOf(lifetime) };
}

/** Some endpoints write the number as a text. */
function lifetimeMsOf(seconds: unknown): number | null {
  if (typeof seconds !== 'number' && typeof seconds !== 'string') return null;
  const given = typeof seconds === 'string' && seconds.trim() === '' ? Number.NaN : Number(seconds);
  return Number.isFinite(given) ? Math.min(Math.max(given, 0), MAX_LIFETIME_SECONDS) * 1000 : null;
}

type Fields = {
  error?: unknown;
  error_description?: unknown;
  access_token?: unknown;
  token_type?: unknown;
  expires_in?: unknown;
};

function fieldsOf(answer: string): Fields | null {
  try {
    const parsed: unknown = JSON.parse(answer);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

const unusable = (sentence: string) =>
  new CheckFailure(
    'auth_failed',
    `The token endpoint could not be used: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`,
  );
