export interface AllowedHosts {
  /** Exactly this host and port, as `URL` writes them: no patterns, no names below it. */
  has(hostname: string, port: string | number): boolean;
}

const DEFAULT_PORTS = new Map([
  ['http:', '80'],
  ['https:', '443'],
]);

/** The port that a URL leads to; `URL` leaves out a scheme's own. */
export const portOf = ({ port, protocol }: URL): string => port || (DEFAULT_PORTS.get(protocol) ?? '');

export interface OperatorHosts {
  /** `EGRESS_ALLOW`: host:port, separated by commas or blanks. */
  readonly allow?: string | undefined;
  /** Base URLs that the operator gave: their host and port need no entry of their own. */
  readonly baseUrls: readonly (string | undefined)[];
}

/** Throws a sentence for an entry that is not exactly a host and a port. */
export function readAllowedHosts({ allow = '', baseUrls }: OperatorHosts): AllowedHosts {
  const entries = allow.split(/[\s,]+/).filter((entry) => entry !== '');
  const allowed = new Set([
    ...entries.map(readEntry),
    ...baseUrls.flatMap((url) => (url && URL.canParse(url) ? [keyOfUrl(new URL(url))] : [])),
  ]);
  return { has: (hostname, port) => allowed.has(keyOf(hostname, port)) };
}

/** Names count without the dot that may end them, addresses without their brackets. */
const keyOf = (hostname: string, port: string | number): string =>
  `${hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')} ${port}`;

const keyOfUrl = (url: URL): string => keyOf(url.hostname, portOf(url));

function readEntry(entry: string): string {
  const port = /^[\w.:[\]-]+:(\d{1,5})$/.exec(entry)?.[1];
  const text = `http://${entry}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    !url ||
    port === undefined ||
    Number(port) > 65_535 ||
    url.pathname !== '/' ||
    url.username ||
    url.search
  )
    throw new Error(`EGRESS_ALLOW: "${entry}" is not of the form host:port`);
  return keyOf(url.hostname, Number(port));
}
