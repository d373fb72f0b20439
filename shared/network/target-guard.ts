import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
export type Verdict = { allowed: true } | { allowed: false; sentence: string };

/** Decides what may be a target. The server asks it about names, the prober about every address besides. */
export type TargetGuard = {
  /** What the name or literal itself tells; `hostname` as WHATWG `URL` writes it. */
  checkHost(hostname: string): Verdict;
  /** Whether an address that `hostname` led to may be connected to. */
  checkAddress(address: string, hostname: string): Verdict;
  /** Whether an address lies in a network that was allowed although it is not public. */
  isAllowedNetwork(address: string): boolean;
};

/** IPv4 that is not the public internet (IANA special-purpose registry, RFC 6890 and after). */
const IPV4_REFUSED: readonly [cidr: string, what: string][] = [
  ['0.0.0.0/8', 'this network'],
  ['10.0.0.0/8', 'a private network'],
  ['100.64.0.0/10', 'carrier-grade NAT'],
  ['127.0.0.0/8', 'the prober itself'],
  ['169.254.0.0/16', 'link-local, where clouds keep credentials'],
  ['172.16.0.0/12', 'a private network'],
  ['192.0.0.0/24', 'protocol assignments'],
  ['192.0.2.0/24', 'documentation'],
  ['192.31.196.0/24', 'AS112'],
  ['192.52.193.0/24', 'AMT'],
  ['192.88.99.0/24', '6to4 relays'],
  ['192.168.0.0/16', 'a private network'],
  ['192.175.48.0/24', 'AS112'],
  ['198.18.0.0/15', 'benchmarking'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
];

/** Of IPv6 only global unicast is public, less what is carved out of it. */
const IPV6_PUBLIC = '2000::/3';
const IPV6_REFUSED: readonly [cidr: string, what: string][] = [
  ['2001::/23', 'protocol assignments and Teredo'],
  ['2001:db8::/32', 'documentation'],
  ['2002::/16', '6to4, which wraps an IPv4 address'],
  ['3fff::/20', 'documentation'],
  ['2620:4f:8000::/48', 'AS112'],
];

/** Networks of the platform we run on: never a target, whatever is allowed. */
const NEVER: readonly [cidr: string, what: string][] = [['fdaa::/16', 'the private network of the platform']];
const NEVER_SUFFIXES = ['internal', 'flycast'];

/** Names that mean something else than a host of the public internet (RFC 6761, 6762, 7686, 8375, and habit). */
const SPECIAL_SUFFIXES = [
  'localhost',
  'local',
  'localdomain',
  'lan',
  'home',
  'corp',
  'private',
  'intranet',
  'home.arpa',
  'test',
  'invalid',
  'example',
  'onion',
  'alt',
  'arpa',
];

const parseRanges = (ranges: readonly [string, string][]) =>
  ranges.map(([cidr, what]) => ({ range: ipaddr.parseCIDR(cidr), cidr, what }));

const v4Refused = parseRanges(IPV4_REFUSED);
const v6Refused = parseRanges(IPV6_REFUSED);
const never = parseRanges(NEVER);
const v6Public = ipaddr.parseCIDR(IPV6_PUBLIC);

const within = (address: Address, [network, bits]: [Address, number]) =>
  address.kind() === network.kind() && address.match(network as never, bits); // the kinds are equal: the overload cannot see it

const hasSuffix = (name: string, suffixes: readonly string[]) =>
  suffixes.find((suffix) => name === suffix || name.endsWith(`.${suffix}`));

/**
 * @param options.allowNetworks CIDRs that may be targets although they are not public (`PROBER_ALLOW_NETWORKS`); names
 *   that are not public may then be used as far as they lead there
 * @throws Error when a CIDR is none
 */
export function createTargetGuard(options: { allowNetworks: readonly string[] }): TargetGuard {
  const allowed = options.allowNetworks.map((cidr) => {
    if (!ipaddr.isValidCIDR(cidr)) {
      throw new Error(`PROBER_ALLOW_NETWORKS: "${cidr}" is not a network such as 10.0.0.0/8.`);
    }
    return ipaddr.parseCIDR(cidr);
  });
  const isAllowed = (address: Address) => allowed.some((range) => within(address, range));

  function checkAddress(text: string, hostname: string): Verdict {
    if (!ipaddr.isValid(text)) return refuse(`${text} is not an address.`);
    const address = ipaddr.parse(text);
    const barred = never.find(({ range }) => within(address, range));
    if (barred !== undefined)
      return refuse(`${text} lies in ${barred.what} (${barred.cidr}), which is never checked.`);
    if (isAllowed(address)) return { allowed: true };
    if (isLiteral(hostname) === false && !isPublicName(hostname)) {
      return refuse(`${hostname} is not a public name, and ${text} is not in PROBER_ALLOW_NETWORKS.`);
    }
    const what = whyNotPublic(address);
    return what === null
      ? { allowed: true }
      : refuse(
          `${text} is not on the public internet: ${what}. To watch your own network, set PROBER_ALLOW_NETWORKS.`,
        );
  }

  return {
    checkAddress,
    isAllowedNetwork: (address) => ipaddr.isValid(address) && isAllowed(ipaddr.parse(address)),
    checkHost(hostname) {
      const literal = literalOf(hostname);
      if (literal !== null) return checkAddress(literal, hostname);
      const name = withoutRootDot(hostname);
      const platform = hasSuffix(name, NEVER_SUFFIXES);
      if (platform !== undefined)
        return refuse(`Names that end in .${platform} are internal to the platform, and never checked.`);
      if (name === '' || name.length > 253 || !/^[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/.test(name)) {
        return refuse('This is not a host name.');
      }
      if (isPublicName(name) || allowed.length > 0) return { allowed: true };
      return refuse(
        `${name} is not a name of the public internet. To watch your own network, set PROBER_ALLOW_NETWORKS.`,
      );
    },
  };
}

function refuse(sentence: string): Verdict {
  return { allowed: false, sentence };
}

function whyNotPublic(address: Address): string | null {
  if (address.kind() === 'ipv4') {
    const found = v4Refused.find(({ range }) => within(address, range));
    return found === undefined ? null : `${found.cidr} is ${found.what}`;
  }
  if (!within(address, v6Public)) return `of IPv6 only ${IPV6_PUBLIC} is`;
  const found = v6Refused.find(({ range }) => within(address, range));
  return found === undefined ? null : `${found.cidr} is ${found.what}`;
}

/** The address that a host is, when it is one: `[::1]` and `10.0.0.1` are, names are not. */
export function literalOf(hostname: string): string | null {
  if (hostname.startsWith('[') && hostname.endsWith(']')) return hostname.slice(1, -1);
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(hostname) ? hostname : null;
}

const isLiteral = (hostname: string) => literalOf(hostname) !== null;

const withoutRootDot = (hostname: string) => hostname.toLowerCase().replace(/\.$/, '');

function isPublicName(hostname: string): boolean {
  const name = withoutRootDot(hostname);
  return name.includes('.') && hasSuffix(name, SPECIAL_SUFFIXES) === undefined;
}
