import { isIP } from 'node:net';
import type { Request, RequestHandler } from 'express';
import { AppError } from '../errors.ts';

export interface CheckOriginOptions {
  /** Where people open the product; undefined on one machine without a name. */
  readonly publicUrl: URL | undefined;
  /** Whose pages may call as well, as long as they send no cookie (`allowOrigins`). */
  readonly otherOrigins?: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * Refuses what a page of another site makes a browser send. Requests that change something must come from our own
 * origin; only a bearer token without a cookie, which no browser adds by itself, needs no such proof, and neither
 * does a program that sends no header of a browser and no cookie.
 */
export const checkOrigin =
  ({ publicUrl, otherOrigins = NONE }: CheckOriginOptions): RequestHandler =>
  (request, response, next) => {
    response.vary('Origin, Sec-Fetch-Site');
    // A name that an attacker's page made to point here would count as our own origin.
    if (!isOurHost(request.headers.host ?? '', publicUrl)) {
      throw new AppError('session.crossSite', 'This server is not known by that name; see PUBLIC_URL.');
    }
    const isWelcome =
      isBearerAlone(request) || isFromUs(request, publicUrl) || isListed(request, otherOrigins);
    if (isChange(request) && !isWelcome) {
      throw new AppError('session.crossSite', 'This request comes from another site.');
    }
    next();
  };

function isOurHost(host: string, publicUrl: URL | undefined): boolean {
  const name = host.replace(/:\d+$/, '');
  const isLocal = name === 'localhost' || name.endsWith('.localhost');
  return isLocal || isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0 || host === publicUrl?.host;
}

const isChange = ({ method }: Request): boolean =>
  method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';

const isBearerAlone = ({ headers }: Request): boolean =>
  headers.authorization !== undefined && headers.cookie === undefined;

const isListed = ({ headers }: Request, origins: ReadonlySet<string>): boolean =>
  headers.origin !== undefined && origins.has(headers.origin) && headers.cookie === undefined;

function isFromUs({ headers }: Request, publicUrl: URL | undefined): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  if (headers.origin !== undefined) return isOurOrigin(headers.origin, headers.host ?? '', publicUrl);
  return headers.cookie === undefined;
}

function isOurOrigin(origin: string, host: string, publicUrl: URL | undefined): boolean {
  if (publicUrl?.protocol === 'https:') return origin === publicUrl.origin;
  return origin === `http://${host}` || origin === publicUrl?.origin;
}
