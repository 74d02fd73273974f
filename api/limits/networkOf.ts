import ipaddr from 'ipaddr.js';

/** One customer of a provider has all of these, and could call from another one each time. */
const BITS_OF_A_CUSTOMER = 64;

/** What counts as one address: an IPv4 address however it is written, or the network that an IPv6 address is in. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${BITS_OF_A_CUSTOMER}`).toString();
}
