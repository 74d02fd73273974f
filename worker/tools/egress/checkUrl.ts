import { isPublicAddress, literalAddress } from './addresses.ts';
import { type AllowedHosts, portOf } from './allowedHosts.ts';
import { EgressBlocked } from './EgressBlocked.ts';

const PORTS: ReadonlySet<string> = new Set(['80', '443', '8080', '8443']);

/**
 * Reads an address once, as browsers do, and refuses what may not be opened. What comes back is what is dialed: nobody
 * reads the text a second time, perhaps in another way.
 */
export function checkUrl(text: string | URL, allowed: AllowedHosts): URL {
  if (typeof text === 'string' && !URL.canParse(text)) throw new EgressBlocked('url');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new EgressBlocked('scheme');
  if (url.username !== '' || url.password !== '') throw new EgressBlocked('credentials');
  if (allowed.has(url.hostname, portOf(url))) return url;
  const address = literalAddress(url.hostname);
  if (address !== undefined && !isPublicAddress(address)) throw new EgressBlocked('address');
  if (!PORTS.has(portOf(url))) throw new EgressBlocked('port');
  return url;
}
