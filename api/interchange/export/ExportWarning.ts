import { z } from 'zod';

/** Something of a crew that the format it was exported to says otherwise, or not at all. */
export const ExportWarning = z.object({
  nodeId: z.string().nullable(),
  key: z.string().describe('For example tasks.write.async_execution'),
  message: z.string(),
});
export type ExportWarning = z.infer<typeof ExportWarning>;
