import { z } from 'zod';

/** For the reader only; never reaches a plan. */
export const NoteData = z.strictObject({
  text: z.string().max(20_000).default('').describe('Markdown'),
  colour: z.enum(['paper', 'gold', 'green', 'blue', 'rose']).default('paper'),
});
export type NoteData = z.infer<typeof NoteData>;
