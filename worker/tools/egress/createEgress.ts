import { Agent, fetch as dispatchFetch } from 'undici';
import type { AllowedHosts } from './allowedHosts.ts';
import { checkUrl } from './checkUrl.ts';
import { blockedBy, EgressBlocked } from './EgressBlocked.ts';
import { type ConnectorParts, guardedConnector, publicAddresses } from './guardedConnector.ts';
import { type EgressRequest, type EgressResponse, readThrough } from './readThrough.ts';

type Fetch = typeof globalThis.fetch;

/** The only door out: everything that leaves this process for another host goes through one of these. */
export interface Egress {
  /**
   * Shaped like the platform's, for SDKs: guarded, follows no redirect, streams without a limit. Takes addresses, not
   * `Request` objects. Rejects with EgressBlocked when the door stays shut.
   */
  readonly fetch: Fetch;
  /** One whole answer for a tool: redirects followed through the guard, time and size limited. */
  read(request: EgressRequest): Promise<EgressResponse>;
  /**
   * Where to dial for a protocol that is not HTTP: the name itself where the operator allows it, else an address of it
   * that was checked. Dial what this gives, under the name that it was asked for.
   */
  addressOf(place: MailPlace): Promise<string>;
  close(): Promise<void>;
}

interface MailPlace {
  readonly hostname: string;
  readonly port: number;
}

/** Where mail servers take mail. */
const MAIL_PORTS: ReadonlySet<number> = new Set([25, 465, 587, 2525]);

/** Of one origin at once; a model server takes as many as there are steps. */
const MOST_CONNECTIONS = 256;
const MOST_HEADER_BYTES = 32 * 1024;

export function createEgress(parts: ConnectorParts): Egress {
  const agent = new Agent({
    connect: guardedConnector(parts),
    connections: MOST_CONNECTIONS,
    maxHeaderSize: MOST_HEADER_BYTES,
    allowH2: false,
  });
  const fetch = guardedFetch(agent, parts.allowed);
  return {
    fetch,
    read: (request) => readThrough(fetch, request),
    addressOf: (place) => checkedAddress(place, parts),
    close: () => agent.destroy(),
  };
}

async function checkedAddress(
  { hostname, port }: MailPlace,
  { allowed, resolve }: ConnectorParts,
): Promise<string> {
  if (allowed.has(hostname, port)) return hostname;
  const host = `${hostname}:${port}`;
  if (!MAIL_PORTS.has(port)) throw new EgressBlocked('port', host);
  const [address] = await publicAddresses(hostname, resolve).catch((error: unknown) => {
    throw blockedBy(error)?.at(host) ?? error;
  });
  if (address === undefined) throw new EgressBlocked('address', host);
  return address;
}

const hostOf = (address: string | URL): string | undefined =>
  URL.canParse(String(address)) ? new URL(address).host : undefined;

/** One specification, described twice: by the package and by the platform, which disagree in details of types only. */
const sendThrough = dispatchFetch as unknown as Fetch;

function guardedFetch(dispatcher: Agent, allowed: AllowedHosts): Fetch {
  return async (input, init) => {
    if (typeof input !== 'string' && !(input instanceof URL))
      throw new TypeError('Only addresses can be fetched, not requests made before');
    try {
      const url = checkUrl(input, allowed);
      const options: RequestInit & { dispatcher: Agent } = { ...init, redirect: 'manual', dispatcher };
      return await sendThrough(url, options);
    } catch (error) {
      throw blockedBy(error)?.at(hostOf(input)) ?? error;
    }
  };
}
