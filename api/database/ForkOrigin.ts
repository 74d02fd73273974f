import { z } from 'zod';

const node = { nodeId: z.string(), name: z.string().describe('As it is called in the fork') };
const NodeKind = z.enum([
  'agent',
  'task',
  'router',
  'map',
  'loop',
  'approval',
  'crew',
  'wait',
  'note',
  'group',
]);

/** One thing in which a fork differs from what it was forked from. */
export const ForkChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('field'), ...node, node: NodeKind, field: z.string() }),
  z.object({ kind: z.literal('added'), ...node, node: NodeKind }),
  z.object({ kind: z.literal('removed'), ...node, node: NodeKind }),
  z
    .object({ kind: z.literal('lines'), ...node, lines: z.enum(['assigned', 'context', 'next', 'branch']) })
    .describe('Another agent, other answers to read or another order of a task'),
  z.object({ kind: z.literal('process') }),
  z.object({ kind: z.literal('settings') }).describe('What holds for the crew as a whole'),
  z.object({ kind: z.literal('order') }).describe('The order of the nodes'),
  z.object({ kind: z.literal('input'), name: z.string() }),
  z.object({ kind: z.literal('answer'), ...node, path: z.string() }),
  z.object({ kind: z.literal('rerun'), ...node, path: z.string() }),
]);
export type ForkChange = z.infer<typeof ForkChange>;

/** How a simulation came out of another one, as people are told. What the engine does with it is the `ForkRule`. */
export const ForkOrigin = z.object({
  purpose: z
    .enum(['fork', 'variant', 'kept', 'moved'])
    .describe(
      'variant: one task alone, otherwise told; kept: goes on from a variant; moved: goes on in place of its parent',
    ),
  atSeq: z.int().nullable(),
  fromPath: z.string().nullable(),
  sideEffects: z.enum(['simulate', 'skip', 'send']),
  changes: z.array(ForkChange).describe('At most 100'),
  variant: z
    .object({
      path: z.string().describe('The step that was tried in variants'),
      group: z.uuid().describe('The same for variants that were started together'),
      number: z.int(),
    })
    .nullable(),
});
export type ForkOrigin = z.infer<typeof ForkOrigin>;

/** Of which simulation, in another workspace, this one is a copy, and up to which event. */
export interface CopiedFrom {
  readonly workspaceId: string;
  readonly crewId: string;
  readonly simulationId: string;
  readonly seq: number;
}
