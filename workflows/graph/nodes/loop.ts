import { z } from 'zod';
import { Rule } from '../rules.ts';

/**
 * Does the nodes inside it again and again until a rule holds. Inside, `{round}` and `{previous}` (the answer of the
 * round before, empty in the first) are filled in. Its answer is that of the last round.
 */
export const LoopData = z.strictObject({
  name: z.string().max(200),
  until: Rule.optional().describe('Looked at after each round; without it, all rounds are done'),
  maxRounds: z.int().min(1).max(1_000).default(5),
  atMost: z
    .enum(['goOn', 'fail'])
    .default('goOn')
    .describe('What happens when the rule does not hold after the last round'),
});
export type LoopData = z.infer<typeof LoopData>;
