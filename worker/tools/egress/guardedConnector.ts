import { lookup } from 'node:dns/promises';
import { buildConnector } from 'undici';
import { isPublicAddress, literalAddress } from './addresses.ts';
import type { AllowedHosts } from './allowedHosts.ts';
import { EgressBlocked } from './EgressBlocked.ts';

const CONNECT_MS = 10_000;
/** A name may have many addresses; the first few say whether anybody is there. */
const MOST_ADDRESSES = 4;

export type Dial = buildConnector.connector;
/** All addresses of a name. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

export interface ConnectorParts {
  readonly allowed: AllowedHosts;
  /** Stood in for by tests. */
  readonly resolve?: Resolve;
  readonly dial?: Dial;
}

type DialOptions = Parameters<Dial>[0];
type DialCallback = Parameters<Dial>[1];
type DialedSocket = NonNullable<Parameters<DialCallback>[1]>;

/**
 * Opens every socket, and is where the check sits: it sees what is dialed, not what somebody once read in a URL. A name
 * is looked up here, each of its addresses must be public, and a checked address is dialed, so that no second answer can
 * differ. Names in certificates and the Host header stay those of the URL.
 */
export function guardedConnector({ allowed, resolve = resolveAll, dial = dialNow() }: ConnectorParts): Dial {
  return (options, callback) => {
    if (allowed.has(options.hostname, portOf(options))) {
      dial(options, callback);
      return;
    }
    publicAddresses(options.hostname, resolve)
      .then((addresses) => dialFirst(dial, options, addresses))
      .then(
        (socket) => callback(null, socket),
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
      );
  };
}

const dialNow = (): Dial => buildConnector({ timeout: CONNECT_MS, allowH2: false });

const portOf = ({ port, protocol }: DialOptions): string => port || (protocol === 'https:' ? '443' : '80');

/** Every address of a name, each of them public. Throws EgressBlocked when one is not. */
export async function publicAddresses(
  hostname: string,
  resolve: Resolve = resolveAll,
): Promise<readonly string[]> {
  const literal = literalAddress(hostname);
  const addresses = literal === undefined ? await within(resolve(hostname)) : [literal];
  if (addresses.length === 0 || !addresses.every(isPublicAddress)) throw new EgressBlocked('address');
  return addresses;
}

async function dialFirst(
  dial: Dial,
  options: DialOptions,
  addresses: readonly string[],
): Promise<DialedSocket> {
  let last: unknown;
  for (const hostname of addresses.slice(0, MOST_ADDRESSES)) {
    try {
      return await dialOne(dial, { ...options, hostname, servername: serverName(options) });
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

/** The name that a certificate must have. None is sent for an address: the protocol has no such thing. */
const serverName = ({ servername, hostname }: DialOptions): string | undefined =>
  servername || (literalAddress(hostname) === undefined ? hostname : undefined);

function dialOne(dial: Dial, options: DialOptions): Promise<DialedSocket> {
  return new Promise((resolve, reject) => {
    dial(options, (error, socket) => (socket ? resolve(socket) : reject(error)));
  });
}

/** IPv4 first: where there is no way for IPv6 its packets are often lost without a word. */
async function resolveAll(hostname: string): Promise<readonly string[]> {
  const answers = await lookup(hostname, { all: true });
  return answers.toSorted((a, b) => a.family - b.family).map(({ address }) => address);
}

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The name could not be looked up in time')), CONNECT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
