import ipaddr from 'ipaddr.js';

/** Tells whose address a request comes from, when it may have come through proxies. */
export type ClientAddress = (peer: string | undefined, forwardedFor: string | undefined) => string | null;

/**
 * Reads `X-Forwarded-For` from the right, as long as each hop is a proxy we trust; what the first untrusted one says
 * is not believed.
 *
 * @param trustedProxies CIDRs
 */
export function createClientAddress(trustedProxies: string[]): ClientAddress {
  const ranges = trustedProxies.map((cidr) => ipaddr.parseCIDR(cidr));
  const isTrusted = (address: string) => {
    const parsed = ipaddr.process(address);
    return ranges.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits));
  };
  return (peer, forwardedFor) => {
    if (peer === undefined || !ipaddr.isValid(peer)) return null;
    let address = ipaddr.process(peer).toString();
    const hops = (forwardedFor ?? '').split(',').map((hop) => hop.trim());
    for (
      let hop = hops.pop();
      hop !== undefined && isTrusted(address) && ipaddr.isValid(hop);
      hop = hops.pop()
    ) {
      address = ipaddr.process(hop).toString();
    }
    return address;
  };
}
