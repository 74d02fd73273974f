import { pipeline } from 'node:stream/promises';
import { type RequestHandler, Router } from 'express';
import type { MemberContext, Services } from '../context.ts';
import { FileGone } from '../database/fileStore/FileStore.ts';
import type { StoredFile } from '../database/models/StoredFile.ts';
import { notFound } from '../errors.ts';
import { takeAll } from '../limits/countCall.ts';
import { readId } from '../readId.ts';
import { requireMember } from '../requireMember.ts';
import { requireRole } from '../workspaces/enterWorkspace.ts';
import { findFile } from './findFile.ts';
import { keepFile } from './keepFile.ts';
import { presentFile } from './present.ts';
import { announcedSize, receiveUpload, swallow } from './receiveUpload.ts';

/** Bytes of files, which no procedure carries. It stands before what reads bodies as JSON. */
export function serveFiles(services: Services): Router {
  const router = Router({ caseSensitive: true });
  router.post('/files', upload(services));
  router.get('/files/:id/content', download(services));
  return router;
}

const upload =
  (services: Services): RequestHandler =>
  async (request, response) => {
    try {
      const context = await requireMember(services, request, response);
      requireRole(context, 'edit');
      await takeAll(context, ['uploadsByAccount']);
      const file = await keepFile(context, announcedSize(request), () =>
        receiveUpload(request, context.files.spool),
      );
      response.status(201).setHeader('cache-control', 'no-store');
      response.json(presentFile(file));
    } catch (error) {
      swallow(request);
      throw error;
    }
  };

const download =
  (services: Services): RequestHandler =>
  async (request, response) => {
    const context = await requireMember(services, request, response);
    const file = await findFile(context, readId(request.params, 'file'));
    const bytes = await open(context, file);
    const charset = file.mediaType.startsWith('text/') ? '; charset=utf-8' : '';
    response.setHeader('content-type', `${file.mediaType}${charset}`);
    response.setHeader('content-length', String(file.size));
    // Whatever is in it: no browser shows it in our name, runs it or takes it for something else.
    response.setHeader('content-disposition', `attachment; filename*=UTF-8''${encodeName(file.name)}`);
    response.setHeader('content-security-policy', "sandbox; default-src 'none'");
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('cache-control', 'private, no-store');
    // Who goes away in the middle is nobody's fault.
    await pipeline(bytes, response).catch(() => response.destroy());
  };

async function open({ files }: MemberContext, { workspaceId, id }: StoredFile) {
  try {
    return await files.store.read({ workspaceId, id });
  } catch (error) {
    if (error instanceof FileGone) throw notFound('file');
    throw error;
  }
}

/** RFC 5987: the few characters that encodeURIComponent leaves and a header may not have. */
const encodeName = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
