import { z } from 'zod';

/** Lists are read in pages: pass `nextCursor` back as `cursor` until it is null. */
export const PageInput = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
