import { z } from 'zod';

export const ExportView = z.object({
  id: z.uuid(),
  state: z.enum(['queued', 'ready', 'failed']),
  size: z.int().nullable().describe('Bytes, when it is ready'),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable().describe('When it is deleted again, once it is ready'),
});
export type ExportView = z.infer<typeof ExportView>;
/** One at most: an old one goes before a new one can be asked for. */
export const ExportList = z.object({ items: z.array(ExportView), nextCursor: z.null() });
