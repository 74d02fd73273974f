const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

export interface Served {
  readonly HOST: string;
  readonly PUBLIC_URL?: string | undefined;
}

/** Whether passwords and cookies would cross a network without TLS: reachable from elsewhere, and not known to be behind https. */
export function isClearText({ HOST, PUBLIC_URL }: Served): boolean {
  if (PUBLIC_URL === undefined) return !LOOPBACK.has(HOST);
  const { protocol, hostname } = new URL(PUBLIC_URL);
  if (protocol === 'https:') return false;
  return !LOOPBACK.has(HOST) || !LOOPBACK.has(hostname);
}
