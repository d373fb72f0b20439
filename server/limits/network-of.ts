import ipaddr from 'ipaddr.js';

/** Groups of an IPv6 address that its provider chooses; the rest, a /64 at least, is its customer's to change at will (RFC 6177). */
const CUSTOMER_GROUPS = 4;

/** Whose an address is, as far as limits go: an IPv4 address is one customer's, and so is a whole IPv6 network. */
export function networkOf(address: string | null): string {
  if (address === null) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${parsed.toNormalizedString().split(':').slice(0, CUSTOMER_GROUPS).join(':')}::/64`;
}
