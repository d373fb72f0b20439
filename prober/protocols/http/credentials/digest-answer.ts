import { createHash } from 'node:crypto';
import type { Challenge } from './digest-challenge.ts';

/** RFC 7616, 3.2; MD5 because many servers know no other. */
const HASHES = new Map([
  ['MD5', 'md5'],
  ['SHA-256', 'sha256'],
  ['SHA-512-256', 'sha512-256'],
]);

/** What a target wants to be answered with; null where it wants what is not known here. */
export type DigestChallenge = {
  realm: string;
  nonce: string;
  opaque: string | undefined;
  /** As it was written; MD5 when the target names none. */
  algorithm: string | undefined;
  hash: string;
  isSession: boolean;
  hasQop: boolean;
  isUtf8: boolean;
  hashesUsername: boolean;
  isStale: boolean;
};

/** The first challenge that can be answered: targets list the best first (RFC 7616, 3.7). */
export function digestChallenge(challenges: readonly Challenge[]): DigestChallenge | null {
  for (const { scheme, parameters } of challenges) {
    if (scheme !== 'digest') continue;
    const algorithm = parameters.get('algorithm');
    const [, name = '', session] = /^(.*?)(-sess)?$/i.exec(algorithm ?? 'MD5') ?? [];
    const hash = HASHES.get(name.toUpperCase());
    const realm = parameters.get('realm');
    const nonce = parameters.get('nonce');
    const qop = parameters.get('qop');
    const offers = qop?.split(',').map((word) => word.trim().toLowerCase());
    if (hash === undefined || realm === undefined || nonce === undefined) continue;
    if (offers !== undefined && !offers.includes('auth')) continue;
    return {
      realm,
      nonce,
      opaque: parameters.get('opaque'),
      algorithm,
      hash,
      isSession: session !== undefined,
      hasQop: offers !== undefined,
      isUtf8: parameters.get('charset')?.toUpperCase() === 'UTF-8',
      hashesUsername: parameters.get('userhash')?.toLowerCase() === 'true',
      isStale: parameters.get('stale')?.toLowerCase() === 'true',
    };
  }
  return null;
}

export type DigestRequest = {
  username: string;
  password: string;
  method: string;
  /** Path and query, as they stand in the request. */
  uri: string;
  /** Ours, in hexadecimal. */
  cnonce: string;
  /** How often this nonce of the target has been answered, this time included. */
  count: number;
};

/** The Authorization header for a challenge (RFC 7616, 3.4), and the part of it that is computed from the password. */
export function digestAnswer(
  challenge: DigestChallenge,
  { username, password, method, uri, cnonce, count }: DigestRequest,
): { authorization: string; response: string } {
  const { realm, nonce, opaque, algorithm, isSession, hasQop, isUtf8, hashesUsername } = challenge;
  const bytesOf = (text: string) => Buffer.from(text, isUtf8 || !isLatin1(text) ? 'utf8' : 'latin1');
  const hash = (...parts: (string | Buffer)[]) => {
    const counted = createHash(challenge.hash);
    for (const [index, part] of parts.entries()) {
      if (index > 0) counted.update(':');
      counted.update(typeof part === 'string' ? Buffer.from(part, 'latin1') : part); // headers are read as Latin-1
    }
    return counted.digest('hex');
  };
  const person = hash(bytesOf(username), realm, bytesOf(password));
  const a1 = isSession ? hash(person, nonce, cnonce) : person;
  const a2 = hash(method, uri);
  const nc = count.toString(16).padStart(8, '0');
  const response = hasQop ? hash(a1, nonce, nc, cnonce, 'auth', a2) : hash(a1, nonce, a2);
  const named = hashesUsername ? hash(bytesOf(username), realm) : bytesOf(username).toString('latin1');
  const fields = [
    /^[\x20-\x7e]*$/.test(named) || !isUtf8 ? `username=${quoted(named)}` : `username*=${extended(username)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
    ...(hasQop || isSession ? [`cnonce="${cnonce}"`] : []),
    ...(hasQop ? [`nc=${nc}`, 'qop=auth'] : []),
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
    ...(hashesUsername ? ['userhash=true'] : []),
    `response="${response}"`,
  ];
  return { authorization: `Digest ${fields.join(', ')}`, response };
}

const isLatin1 = (text: string) => /^[\0-\xff]*$/.test(text);

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** RFC 8187. */
const extended = (text: string) =>
  `UTF-8''${encodeURIComponent(text.toWellFormed()).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)}`;
