import { Router } from 'express';

/** Short of the year that RFC 9116 allows: an operator who is gone is not quoted for long. */
const GOOD_FOR_MS = 180 * 86_400_000;

export interface SecurityTextOptions {
  /** Where to report a hole; without one there is no such file. */
  readonly contact: string | undefined;
  readonly publicUrl: URL | undefined;
}

/** `/.well-known/security.txt`: where people who find a hole tell the operator. */
export function serveSecurityText({ contact, publicUrl }: SecurityTextOptions): Router {
  const router = Router();
  if (contact === undefined) return router;
  router.get('/security.txt', (_request, response) => {
    const lines = [
      `Contact: ${contact}`,
      `Expires: ${new Date(Date.now() + GOOD_FOR_MS).toISOString()}`,
      'Preferred-Languages: en',
      ...(publicUrl ? [`Canonical: ${new URL('/.well-known/security.txt', publicUrl).href}`] : []),
    ];
    response.type('text').send(`${lines.join('\n')}\n`);
  });
  return router;
}
