import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Router } from 'express';
import { openApiDocument } from './openApiDocument.ts';
import { renderReference } from './renderReference.ts';

const VERSION = '1';

/** The OpenAPI document and a page to read it, both made once. */
export function serveReference(): Router {
  const document = openApiDocument({ version: VERSION });
  const page = renderReference(document);
  const style = readFileSync(join(import.meta.dirname, 'reference.css'), 'utf8');
  const router = Router();
  router.get('/api/v1/openapi.json', (_request, response) => {
    response.json(document);
  });
  router.get('/api-reference', (_request, response) => {
    response.type('html').send(page);
  });
  router.get('/api-reference/reference.css', (_request, response) => {
    response.type('css').send(style);
  });
  return router;
}
