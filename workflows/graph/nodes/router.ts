import { z } from 'zod';
import { Rule } from '../rules.ts';
import { OutcomeName } from './outcome.ts';

/**
 * Chooses one way on: by the first outcome whose rule holds, or by asking a model. What it reads are its context
 * edges; where its outcomes lead are branch edges.
 */
export const RouterData = z.strictObject({
  name: z.string().max(200),
  by: z.enum(['rules', 'model']).default('rules'),
  outcomes: z
    .array(
      z.strictObject({
        name: OutcomeName,
        rule: Rule.optional().describe('Of a router by rules'),
        description: z.string().max(1_000).optional().describe('Tells the model when to choose it'),
      }),
    )
    .min(1)
    .max(20),
  otherwise: OutcomeName.describe('Taken when nothing else fits; may be one of the outcomes'),
  question: z.string().max(20_000).default('').describe('What the model is asked; may hold placeholders'),
  model: z.string().max(200).default('').describe('provider/model; empty takes the default model'),
});
export type RouterData = z.infer<typeof RouterData>;
