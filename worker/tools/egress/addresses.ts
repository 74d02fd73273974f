import ipaddr from 'ipaddr.js';

/**
 * True for what anybody on the internet could reach. An allowlist of one range: loopback, private, link-local, NAT64,
 * 6to4, Teredo, multicast, reserved and whatever comes next are all something else.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  // `process` unwraps IPv4 written as IPv6 (`::ffff:127.0.0.1`).
  const address = ipaddr.process(text);
  return address.range() === 'unicast' && (!(address instanceof ipaddr.IPv6) || isAssigned(address));
}

/** 2000::/3 is all that was ever given out. The library calls the old `::127.0.0.1` unicast too. */
const isAssigned = ({ parts: [first = 0] }: ipaddr.IPv6): boolean => first >> 13 === 1;

/** An address written as such: then nothing is looked up. Brackets are how URLs write IPv6. */
export function literalAddress(hostname: string): string | undefined {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  return ipaddr.isValid(bare) ? bare : undefined;
}
