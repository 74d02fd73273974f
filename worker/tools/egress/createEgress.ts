import { Agent, fetch as dispatchFetch } from 'undici';
import type { AllowedHosts } from './allowedHosts.ts';
import { checkUrl } from './checkUrl.ts';
import { blockedBy } from './EgressBlocked.ts';
import { type ConnectorParts, guardedConnector } from './guardedConnector.ts';
import { type EgressRequest, type EgressResponse, readThrough } from './readThrough.ts';

export type Fetch = typeof globalThis.fetch;

/** The only door out: everything that leaves this process for another host goes through one of these. */
export interface Egress {
  /**
   * Shaped like the platform's, for SDKs: guarded, follows no redirect, streams without a limit. Takes addresses, not
   * `Request` objects. Rejects with EgressBlocked when the door stays shut.
   */
  readonly fetch: Fetch;
  /** One whole answer for a tool: redirects followed through the guard, time and size limited. */
  read(request: EgressRequest): Promise<EgressResponse>;
  close(): Promise<void>;
}

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
  return { fetch, read: (request) => readThrough(fetch, request), close: () => agent.destroy() };
}

/** One specification, described twice: by the package and by the platform, which disagree in details of types only. */
const sendThrough = dispatchFetch as unknown as Fetch;

function guardedFetch(dispatcher: Agent, allowed: AllowedHosts): Fetch {
  return async (input, init) => {
    if (typeof input !== 'string' && !(input instanceof URL))
      throw new TypeError('Only addresses can be fetched, not requests made before');
    const url = checkUrl(input, allowed);
    const options: RequestInit & { dispatcher: Agent } = { ...init, redirect: 'manual', dispatcher };
    try {
      return await sendThrough(url, options);
    } catch (error) {
      throw blockedBy(error) ?? error;
    }
  };
}
