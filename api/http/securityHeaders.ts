import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

const NONCE_LENGTH = 16;
const A_YEAR_SECONDS = 31_536_000;
/** The one that the studio makes, for the address of its worker (studio/canvas/tidy/openLayoutWorker.ts). */
const WORKER_POLICY = 'troupe-worker';

/** Chosen anew for each answer; `serveStudio` writes it into the page, where the style library finds it. */
export function styleNonceOf(response: Response): string {
  const { styleNonce } = response.locals;
  return typeof styleNonce === 'string' ? styleNonce : '';
}

export interface SecurityHeadersOptions {
  readonly isSecure: boolean;
}

/**
 * Nothing but our own files, and no script in a page. Styles that the studio makes while it runs carry a nonce;
 * style attributes are allowed, since a drag across the canvas is nothing else.
 */
export function securityHeaders({ isSecure }: SecurityHeadersOptions): RequestHandler[] {
  const giveNonce: RequestHandler = (_request, response, next) => {
    response.locals.styleNonce = randomBytes(NONCE_LENGTH).toString('base64url');
    next();
  };
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: [
          "'self'",
          (_request, response) => `'nonce-${'locals' in response ? nonceIn(response.locals) : ''}'`,
        ],
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        manifestSrc: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        objectSrc: ["'none'"],
        // No string becomes a script, markup or the address of one, but for what this policy lets through.
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: [WORKER_POLICY],
      },
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    strictTransportSecurity: isSecure ? { maxAge: A_YEAR_SECONDS } : false,
    xFrameOptions: { action: 'deny' },
  });
  const permissions: RequestHandler = (_request, response, next) => {
    response.setHeader('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
    next();
  };
  return [giveNonce, headers, permissions];
}

const nonceIn = (locals: unknown): string =>
  typeof locals === 'object' && locals !== null && 'styleNonce' in locals ? String(locals.styleNonce) : '';
