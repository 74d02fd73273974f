import { z } from 'zod';
import { GraphId } from './names.ts';
import { ToolFailurePolicy } from './nodes/agent.ts';
import { Skills } from './skill.ts';

/** What holds for the crew as a whole (SEMANTICS 1.3). What is left out is as in CrewAI, or as DESIGN section 7 says. */
export const CrewSettings = z.strictObject({
  managerAgent: GraphId.optional().describe(
    'Who leads a hierarchical crew; has no tools and no tasks of its own',
  ),
  managerModel: z.string().max(200).optional().describe('provider/model of a manager that is made'),
  planning: z.boolean().optional().describe('A planner plans all tasks before the first'),
  planningModel: z.string().max(200).optional(),
  memory: z.boolean().optional().describe('Agents remember unless they say otherwise'),
  knowledge: z.array(z.uuid()).max(20).optional().describe('Knowledge bases that every agent reads'),
  skills: Skills.optional().describe('That every agent has beside its own; a manager has its own alone'),
  maxRpm: z.int().min(1).max(10_000).optional().describe('For agents without their own'),
  cache: z
    .boolean()
    .optional()
    .describe('The same tool call with the same arguments is made once a simulation'),
  toolFailurePolicy: ToolFailurePolicy.optional(),
  compat: z
    .enum(['crewai-1.15'])
    .optional()
    .describe('CrewAI exactly, where ours differs on purpose (docs: SEMANTICS 1.15)'),
  limits: z
    .strictObject({
      modelCalls: z.int().min(1).max(1_000_000).optional(),
      toolCalls: z.int().min(1).max(1_000_000).optional(),
      tokens: z.int().min(1).optional(),
      wallMinutes: z.int().min(1).max(525_600).optional().describe('Without waiting'),
      delegationDepth: z.int().min(1).max(20).optional(),
    })
    .optional()
    .describe('At which a simulation fails with limit.exceeded; tokens pause and ask'),
});
export type CrewSettings = z.infer<typeof CrewSettings>;
