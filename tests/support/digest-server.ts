import { createHash } from 'node:crypto';
import type { SeenRequest, Target } from './listen.ts';
import { listenHttp } from './listen.ts';

/** What a target that asks for Digest says of itself. */
export type DigestDemand = {
  algorithm?: 'MD5' | 'MD5-sess' | 'SHA-256' | 'SHA-256-sess' | 'SHA-512-256';
  qop?: string;
  charset?: string;
  userhash?: boolean;
  opaque?: string;
};

const ALGORITHMS = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' } as const;
const PEOPLE = { realm: 'http-auth@example.org', username: 'Mufasa', password: 'Circle of Life' };

/**
 * A server that lets in who knows the password, and works out by itself what he must answer. `nonces` are those it takes, one
 * after the other: of the first a request may be answered `stale`.
 */
export async function listenDigest(
  demand: DigestDemand & {
    person?: Partial<typeof PEOPLE>;
    isStale?: (request: SeenRequest, count: number) => boolean;
  } = {},
): Promise<Target & { requests: SeenRequest[] }> {
  const { algorithm = 'MD5', qop, charset, userhash = false, opaque, isStale = () => false } = demand;
  const { realm, username, password } = { ...PEOPLE, ...demand.person };
  let nonces = 0;
  let count = 0;
  const used = new Set<string>();
  return listenHttp((response, request) => {
    const name = algorithm.replace('-sess', '') as keyof typeof ALGORITHMS; // what is left is one of them
    const hash = (text: string) => createHash(ALGORITHMS[name]).update(text, 'utf8').digest('hex');
    const given = fieldsOf(request.headers.authorization ?? '');
    const nonce = `nonce-${nonces}`;
    const wantedName = userhash ? hash(`${username}:${realm}`) : username;
    const namedAs = given['username*'] === undefined ? given.username : decoded(given['username*']);
    const isKnown = namedAs === wantedName && given.nonce === nonce && given.uri === request.url;
    const isRight = isKnown && given.opaque === opaque && given.response === expected(hash, given, request);
    const isRepeat = given.nc !== undefined && used.has(`${given.nonce} ${given.nc}`);
    count += 1;
    const old = isRight && isStale(request, count);
    if (isRight && !isRepeat && !old) {
      used.add(`${given.nonce} ${given.nc}`);
      response.end('welcome');
      return;
    }
    if (old || given.nonce !== nonce) nonces += 1;
    const fields = [
      `realm="${realm}"`,
      `nonce="nonce-${nonces}"`,
      `algorithm=${algorithm}`,
      ...(qop === undefined ? [] : [`qop="${qop}"`]),
      ...(charset === undefined ? [] : [`charset=${charset}`]),
      ...(userhash ? ['userhash=true'] : []),
      ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
      ...(old ? ['stale=TRUE'] : []),
    ];
    response.writeHead(401, { 'www-authenticate': `Digest ${fields.join(', ')}` }).end('who is there?');
  });

  function expected(hash: (text: string) => string, given: Record<string, string>, request: SeenRequest) {
    const person = hash(`${username}:${realm}:${password}`);
    const a1 = algorithm.endsWith('-sess') ? hash(`${person}:${given.nonce}:${given.cnonce}`) : person;
    const a2 = hash(`${request.method}:${request.url}`);
    return qop === undefined
      ? hash(`${a1}:${given.nonce}:${a2}`)
      : hash(`${a1}:${given.nonce}:${given.nc}:${given.cnonce}:auth:${a2}`);
  }
}

/** The fields of an Authorization header, which a server reads as UTF-8. */
function fieldsOf(authorization: string): Record<string, string> {
  const text = Buffer.from(authorization, 'latin1').toString();
  const fields = [...text.matchAll(/([a-z*]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)];
  return Object.fromEntries(
    fields.map(([, name, quoted, plain]) => [name, quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '']),
  );
}

const decoded = (extended: string) => decodeURIComponent(extended.replace(/^UTF-8''/, ''));
