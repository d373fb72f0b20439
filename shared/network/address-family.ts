import type { IpVersion } from '../checks/http-spec-input.ts';

export type AddressFamily = 4 | 6;

/** @param address an IPv4 or IPv6 address, without brackets */
export const familyOf = (address: string): AddressFamily => (address.includes(':') ? 6 : 4);

/** Those addresses that a monitor's IP version lets a check use. */
export const ofVersion = (addresses: readonly string[], version: IpVersion): string[] =>
  addresses.filter((address) => version === 'either' || familyOf(address) === Number(version));

/** Says of a host with addresses that it has none of those that may be used. */
export const withoutVersion = (hostname: string, version: IpVersion): string =>
  `${hostname} has no IPv${version} address, and this monitor uses no other.`;
