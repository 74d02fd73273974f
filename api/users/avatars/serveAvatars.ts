import { readFile } from 'node:fs/promises';
import { type RequestHandler, Router } from 'express';
import type { Services } from '../../context.ts';
import { announcedSize, receiveUpload, swallow } from '../../files/receiveUpload.ts';
import { takeAll } from '../../limits/countCall.ts';
import { readId } from '../../readId.ts';
import { requireMember } from '../../requireMember.ts';
import { findAvatar } from './findAvatar.ts';
import { avatarTooLarge, keepAvatar, MOST_AVATAR_BYTES } from './keepAvatar.ts';

/** Its address names its version, so that a browser asks once for each. */
const CACHED = 'private, max-age=86400';
/** Room for the parts around a picture. */
const ENVELOPE_BYTES = 10_000;

/** Pictures of people, which no procedure carries. It stands before what reads bodies as JSON. */
export function serveAvatars(services: Services): Router {
  const router = Router({ caseSensitive: true });
  router.post('/users/me/avatar', upload(services));
  router.get('/users/:id/avatar', download(services));
  return router;
}

const upload =
  (services: Services): RequestHandler =>
  async (request, response) => {
    try {
      const context = await requireMember(services, request, response);
      await takeAll(context, ['uploadsByAccount']);
      if (announcedSize(request) > MOST_AVATAR_BYTES + ENVELOPE_BYTES && 'content-length' in request.headers)
        throw avatarTooLarge();
      const { file } = await receiveUpload(request, context.files.spool);
      try {
        if (file.size > MOST_AVATAR_BYTES) throw avatarTooLarge();
        const avatarUrl = await keepAvatar(context, await readFile(file.path));
        response.status(201).setHeader('cache-control', 'no-store');
        response.json({ avatarUrl });
      } finally {
        await file.discard();
      }
    } catch (error) {
      swallow(request);
      throw error;
    }
  };

const download =
  (services: Services): RequestHandler =>
  async (request, response) => {
    const context = await requireMember(services, request, response);
    const { mediaType, bytes } = await findAvatar(context, readId(request.params, 'picture'));
    response.setHeader('content-type', mediaType);
    // Whatever is in it: shown as a picture in our pages, it is nothing else when somebody opens it by itself.
    response.setHeader('content-disposition', 'attachment; filename="picture"');
    response.setHeader('content-security-policy', "sandbox; default-src 'none'");
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('cache-control', CACHED);
    response.end(bytes);
  };
