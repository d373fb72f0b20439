import type { ChainCookies } from './chain-cookies.ts';
import type { Hop } from './http-hop.ts';
import { USER_AGENT } from './user-agent.ts';

/**
 * Names and values in turn: the monitor's own headers, ours where it has none of that name, who it is, and the cookies that
 * were set on the way.
 */
export function requestHeaders(
  { url, headers }: Hop,
  { authorization, cookies }: { authorization: string | null; cookies: ChainCookies },
): string[] {
  const given = new Set<string>();
  const own: string[] = [];
  let ownCookies: string | null = null;
  for (const [name, value] of Object.entries(headers)) {
    const lowerCase = name.toLowerCase();
    given.add(lowerCase);
    if (lowerCase === 'cookie') ownCookies = value;
    else own.push(name, value);
  }
  const all: string[] = [];
  if (!given.has('user-agent')) all.push('User-Agent', USER_AGENT);
  if (!given.has('accept')) all.push('Accept', '*/*');
  if (!given.has('accept-encoding')) all.push('Accept-Encoding', 'gzip, br, zstd'); // not deflate: servers disagree on what it is
  all.push(...own);
  if (authorization !== null) all.push('Authorization', authorization);
  const cookie = cookies.headerFor(url, ownCookies);
  if (cookie !== null) all.push('Cookie', cookie);
  return all;
}
