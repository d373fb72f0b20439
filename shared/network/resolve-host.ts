import { ADDRCONFIG } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';
import type { IpVersion } from '../checks/http-spec-input.ts';
import { literalOf } from './target-guard.ts';

/**
 * Every address of a host, IPv4 first. With an `ipVersion` it is that one which is waited for, and whose failure counts; the
 * others come along. Throws what the resolver said, or `DnsNotFound`.
 */
export type ResolveHost = (hostname: string, ipVersion?: IpVersion) => Promise<string[]>;

/** The name does not exist, or has no address. */
export class DnsNotFound extends Error {
  override name = 'DnsNotFound';
}

const LOOPBACK = ['127.0.0.1', '::1'];
/**
 * Once one family has answered the other gets this long (as browsers do, RFC 8305, 3): there are servers that never answer
 * a question for AAAA, and their sites are up.
 */
const OTHER_FAMILY_MS = 1000;
const NOT_THERE = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * Asks DNS directly, without a cache and without the thread pool that `getaddrinfo` would block: a thousand names that
 * hang hold up nobody else. Nothing is remembered, so each check sees what DNS says at that moment.
 *
 * @param options.servers DNS servers (`address:port`); those of the machine when not given
 * @param options.hostsFile whether a name that DNS does not know may stand in the machine's hosts file or search domains:
 *   for who watches a network of his own
 */
export function createResolver(options: { servers?: readonly string[]; hostsFile: boolean }): ResolveHost {
  const resolver = new Resolver({ timeout: 3000, tries: 3 });
  if (options.servers !== undefined) resolver.setServers(options.servers);

  return async (hostname, ipVersion = 'either') => {
    const literal = literalOf(hostname);
    if (literal !== null) return [literal];
    if (isLocalhost(hostname)) return LOOPBACK;
    const v4 = answerOf(resolver.resolve4(hostname));
    const v6 = answerOf(resolver.resolve6(hostname));
    const answers = await bothFamilies(v4, v6, ipVersion);
    const needed = ipVersion === 'either' ? answers : [await (ipVersion === '4' ? v4 : v6)];
    const real = needed.find(({ failure }) => failure !== null && !isNotThere(failure));
    if (real !== undefined && needed.every((answer) => answer.addresses.length === 0)) throw real.failure;
    const addresses = answers.flatMap((answer) => answer.addresses);
    if (addresses.length > 0) return addresses;
    if (options.hostsFile) return fromHostsFile(hostname);
    throw new DnsNotFound(`${hostname} has no address.`);
  };
}

/** RFC 6761: localhost is the loopback, and DNS is not asked. */
export const isLocalhost = (hostname: string): boolean => /^localhost\.?$/i.test(hostname);

type FamilyAnswer = { addresses: string[]; failure: unknown };

async function answerOf(lookedUp: Promise<string[]>): Promise<FamilyAnswer> {
  try {
    return { addresses: await lookedUp, failure: null };
  } catch (failure) {
    return { addresses: [], failure };
  }
}

/** What both said; or one of them, when it has addresses, would do by itself, and the other is silent. */
async function bothFamilies(
  v4: Promise<FamilyAnswer>,
  v6: Promise<FamilyAnswer>,
  ipVersion: IpVersion,
): Promise<FamilyAnswer[]> {
  const first = await { either: Promise.race([v4, v6]), '4': v4, '6': v6 }[ipVersion];
  if (first.addresses.length === 0) return Promise.all([v4, v6]);
  const patience = Promise.withResolvers<FamilyAnswer[]>();
  const timer = setTimeout(() => patience.resolve([first]), OTHER_FAMILY_MS);
  try {
    return await Promise.race([Promise.all([v4, v6]), patience.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function fromHostsFile(hostname: string): Promise<string[]> {
  try {
    const found = await lookup(hostname, { all: true, hints: ADDRCONFIG, order: 'ipv4first' });
    return found.map(({ address }) => address);
  } catch (error) {
    if (isNotThere(error)) throw new DnsNotFound(`${hostname} has no address.`);
    throw error;
  }
}

function isNotThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NOT_THERE.has(String(error.code));
}
