const BY_CODE = new Map([
  ['ENOTFOUND', 'There is no server of that name.'],
  ['EAI_AGAIN', 'The name of the server could not be looked up.'],
  ['ECONNREFUSED', 'The server refused the connection.'],
  ['UND_ERR_CONNECT_TIMEOUT', 'The server could not be reached in time.'],
  ['UND_ERR_HEADERS_OVERFLOW', 'The server answered with more headers than are read.'],
]);

/** The request left, or tried to, and no whole answer came. The message may be read by models and people. */
export class EgressFailed extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EgressFailed';
  }
}

export const tookTooLong = (): EgressFailed => new EgressFailed('There was no whole answer in time.');

/** Nothing of this network in it: which address, which port and which socket stay behind as the cause. */
export function asEgressFailed(error: unknown): EgressFailed {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const isTls = /CERT|TLS|SSL|SELF_SIGNED|ALTNAME/.test(code);
  const message = isTls
    ? 'The server’s certificate is not valid.'
    : (BY_CODE.get(code) ?? 'The connection to the server broke.');
  return new EgressFailed(message, { cause: error });
}
