import { z } from 'zod';
import { isInheritedName } from '../names.ts';

/** One of the ways on from a router or an approval, as it stands on its line. */
export const OutcomeName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .refine((name) => !isInheritedName(name), 'This name is reserved');
export type OutcomeName = z.infer<typeof OutcomeName>;
