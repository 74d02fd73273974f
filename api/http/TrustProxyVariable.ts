import ipaddr from 'ipaddr.js';
import { z } from 'zod';

const NAMED_RANGES = new Set(['loopback', 'linklocal', 'uniquelocal']);
/** A range wider than these is the internet, and whoever calls could say that they are somebody else. */
const WIDEST_BITS = { ipv4: 8, ipv6: 7 } as const;

/**
 * TRUST_PROXY: addresses and ranges of the proxies before the api, with commas between. Neither `true` nor a number of
 * hops, which Express knows as well: both believe whoever reaches the port.
 */
export const TrustProxyVariable = z
  .string()
  .transform((text) => text.split(',').map((entry) => entry.trim()))
  .refine(
    (entries) => entries.every(isRange),
    'Name proxies by loopback, linklocal, uniquelocal, an address or a range such as 10.0.0.0/8',
  );

function isRange(entry: string): boolean {
  if (NAMED_RANGES.has(entry)) return true;
  if (ipaddr.IPv4.isValidFourPartDecimal(entry) || ipaddr.IPv6.isValid(entry)) return true;
  if (!ipaddr.isValidCIDR(entry)) return false;
  const [address, bits] = ipaddr.parseCIDR(entry);
  return bits >= WIDEST_BITS[address.kind()];
}
