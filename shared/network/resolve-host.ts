import { ADDRCONFIG } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';
import { literalOf } from './target-guard.ts';

/** Every address of a host, IPv4 first. Throws what the resolver said, or `DnsNotFound`. */
export type ResolveHost = (hostname: string) => Promise<string[]>;

/** The name does not exist, or has no address. */
export class DnsNotFound extends Error {
  override name = 'DnsNotFound';
}

const LOOPBACK = ['127.0.0.1', '::1'];
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

  return async (hostname) => {
    const literal = literalOf(hostname);
    if (literal !== null) return [literal];
    // RFC 6761: localhost is the loopback, and DNS is not asked.
    if (/^localhost\.?$/i.test(hostname)) return LOOPBACK;
    const [v4, v6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const addresses = [v4, v6].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (addresses.length > 0) return addresses;
    const failures = [v4, v6].flatMap((answer) =>
      answer.status === 'rejected' ? [answer.reason as unknown] : [],
    );
    const real = failures.find((failure) => !isNotThere(failure));
    if (real !== undefined) throw real;
    if (options.hostsFile) return fromHostsFile(hostname);
    throw new DnsNotFound(`${hostname} has no address.`);
  };
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
