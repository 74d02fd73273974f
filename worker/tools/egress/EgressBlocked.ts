export type BlockReason = 'address' | 'scheme' | 'port' | 'credentials' | 'url' | 'redirects';

const MOST_HOST_CHARS = 260;

const SENTENCES: Readonly<Record<BlockReason, string>> = {
  address: 'This address is not on the public internet, so it may not be opened from here.',
  scheme: 'Only http and https addresses can be opened.',
  port: 'Only the usual ports of web and mail servers can be opened.',
  credentials: 'An address may not hold a user name or a password.',
  url: 'This is not an address that can be opened.',
  redirects: 'The address redirects too often.',
};

/**
 * The door stayed shut: nothing was sent. Its message may be read by models and people, so it names no address that
 * was looked up and nothing of this network.
 */
export class EgressBlocked extends Error {
  readonly code = 'egress.blocked';
  readonly reason: BlockReason;
  /** Where somebody wanted to go, as they wrote it: for the audit, never for the message. Undefined where nobody knows. */
  readonly host: string | undefined;

  constructor(reason: BlockReason, host?: string) {
    super(SENTENCES[reason]);
    this.name = 'EgressBlocked';
    this.reason = reason;
    this.host = host?.slice(0, MOST_HOST_CHARS);
  }

  /** The same, of this host if none is known yet. */
  at(host: string | undefined): EgressBlocked {
    return this.host === undefined ? new EgressBlocked(this.reason, host) : this;
  }
}

/** The refusal behind an error of fetch or of an SDK, which wrap what they meet. */
export function blockedBy(error: unknown): EgressBlocked | undefined {
  let at = error;
  for (let depth = 0; depth < 5 && at instanceof Error; depth += 1) {
    if (at instanceof EgressBlocked) return at;
    at = at.cause;
  }
  return undefined;
}
