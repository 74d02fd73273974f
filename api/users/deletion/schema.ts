import { z } from 'zod';

export const DeletionView = z.object({
  dueAt: z.iso.datetime().describe('When everything is removed; until then a link in a mail brings it back'),
});
export const KeepAccount = z.strictObject({ token: z.string().min(1).max(200) });
