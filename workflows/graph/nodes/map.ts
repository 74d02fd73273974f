import { z } from 'zod';
import { ValuePath } from '../rules.ts';

/**
 * Does the nodes inside it once for each item of a list, several at a time. Inside, `{item}` and `{index}` are filled
 * in. Its answer is the list of the items' answers, in the order of the items.
 */
export const MapData = z.strictObject({
  name: z.string().max(200),
  items: ValuePath.nullable()
    .default(null)
    .describe('A JSON list, or a text with an item a line (list marks are taken off)'),
  concurrency: z.int().min(1).max(100).default(5),
  maxItems: z.int().min(1).max(5_000).default(1_000).describe('A longer list fails the map'),
  onFailure: z
    .enum(['fail', 'leaveOut'])
    .default('fail')
    .describe('fail: the map fails when all others are done, and a retry does the failed items alone'),
});
export type MapData = z.infer<typeof MapData>;
