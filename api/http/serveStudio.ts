import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type RequestHandler, type Response, Router } from 'express';
import { notFound } from '../errors.ts';
import { styleNonceOf } from './securityHeaders.ts';

/** Stands in the built page where a nonce belongs (`html.cspNonce` of Vite). */
const NONCE_PLACE = '__CSP_NONCE__';

/** Places that mails lead to: nobody else learns that somebody was there. */
const OPENED_BY_A_LINK = /^\/(?:verify|reset|undo|invit)/;

/** The built studio: its files, and its one page for every address that is a place in it. */
export function serveStudio(folder: string): Router {
  const router = Router();
  // Names of assets carry a hash of their content.
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '365d' }));
  router.use('/assets', () => {
    throw notFound('file');
  });
  router.get('/{*place}', sendPage(folder));
  return router;
}

const sendPage = (folder: string): RequestHandler => {
  const files = express.static(folder, { index: false, maxAge: 0 });
  return (request, response, next) => {
    files(request, response, (error?: unknown) => {
      if (error) next(error);
      else if (!request.accepts('html')) next(notFound('file'));
      else
        readPage(folder).then((page) => {
          if (!page.includes(NONCE_PLACE)) allowInlineStyles(response);
          if (OPENED_BY_A_LINK.test(request.path)) response.setHeader('referrer-policy', 'no-referrer');
          response.type('html').setHeader('cache-control', 'no-cache');
          response.send(page.replaceAll(NONCE_PLACE, styleNonceOf(response)));
        }, next);
    });
  };
};

/** A page that was built without a place for a nonce cannot tell it to the library that makes its styles. */
function allowInlineStyles(response: Response): void {
  const policy = String(response.getHeader('content-security-policy'));
  response.setHeader('content-security-policy', policy.replace(/'nonce-[^']*'/, "'unsafe-inline'"));
}

async function readPage(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, 'index.html'), 'utf8');
  } catch (cause) {
    throw new Error('The studio is not built: npm start builds it', { cause });
  }
}
