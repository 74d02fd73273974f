import { pipeline } from 'node:stream/promises';
import { type RequestHandler, Router } from 'express';
import type { Services } from '../../context.ts';
import { FileGone } from '../../database/fileStore/FileStore.ts';
import { notFound } from '../../errors.ts';
import { readId } from '../../readId.ts';
import { requireMember } from '../../requireMember.ts';
import { findPersonal } from '../deletion/workspacesOf.ts';
import { listExports } from './exportRows.ts';

/** The bytes of an archive, for whoever asked for it and nobody else. */
export function serveExports(services: Services): Router {
  const router = Router({ caseSensitive: true });
  router.get('/users/me/exports/:id/content', download(services));
  return router;
}

const download =
  (services: Services): RequestHandler =>
  async (request, response) => {
    const { caller, database, files } = await requireMember(services, request, response);
    const id = readId(request.params, 'export');
    const userId = caller.user.id;
    const workspaceId = await findPersonal(database, userId);
    const row = (await listExports(database, { workspaceId, userId })).find((one) => one.id === id);
    if (!row?.readyAt) throw notFound('export');
    const bytes = await files.store.read({ workspaceId, id }).catch((error: unknown) => {
      throw error instanceof FileGone ? notFound('export') : error;
    });
    response.setHeader('content-type', 'application/zip');
    response.setHeader('content-length', String(row.size));
    response.setHeader('content-disposition', 'attachment; filename="troupe-export.zip"');
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('cache-control', 'private, no-store');
    // Who goes away in the middle is nobody's fault.
    await pipeline(bytes, response).catch(() => response.destroy());
  };
