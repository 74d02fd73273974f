import { z } from 'zod';
import { readId } from '../readId.ts';
import { allowing, memberProcedure, router } from '../trpc.ts';
import { deleteFile } from './deleteFile.ts';
import { findFile } from './findFile.ts';
import { listFiles } from './listFiles.ts';
import { presentFile } from './present.ts';
import { FileId, FilePage, FileView, ListFiles } from './schema.ts';

const tags = ['Files'];

/** About one file of the caller’s workspace, which is loaded first. Bytes come and go through `serveFiles.ts`. */
const fileProcedure = memberProcedure.use(async ({ ctx, getRawInput, next }) => {
  const file = await findFile(ctx, readId(await getRawInput(), 'file'));
  return next({ ctx: { file } });
});

export const filesRouter = router({
  list: memberProcedure
    .meta({ openapi: { method: 'GET', path: '/files', tags, summary: 'List files, newest first' } })
    .input(ListFiles)
    .output(FilePage)
    .query(({ ctx, input }) => listFiles(ctx, input)),

  get: fileProcedure
    .meta({ openapi: { method: 'GET', path: '/files/{id}', tags, summary: 'Get what is known of a file' } })
    .input(FileId)
    .output(FileView)
    .query(({ ctx }) => presentFile(ctx.file)),

  delete: fileProcedure
    .use(allowing('edit'))
    .meta({
      openapi: { method: 'DELETE', path: '/files/{id}', tags, summary: 'Delete a file that nothing reads' },
      rest: { status: 204 },
    })
    .input(FileId)
    .output(z.void())
    .mutation(({ ctx }) => deleteFile(ctx, ctx.file)),
});
