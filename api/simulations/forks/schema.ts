import { z } from 'zod';
import { StepKind } from '#workflows/graph/eventSchema.ts';
import { GraphId, InputName } from '#workflows/graph/names.ts';
import { AgentData } from '#workflows/graph/nodes/agent.ts';
import { TaskData } from '#workflows/graph/nodes/task.ts';
import { CrewGraph } from '#workflows/graph/schema.ts';
import { ForkChange, ForkOrigin } from '../../database/ForkOrigin.ts';
import { SimulationSummary, StartView } from '../schema.ts';

/** Some fields of a node: those left out stay as they are, so defaults must not fill them. */
const patchOf = <S extends z.ZodRawShape>(
  data: z.ZodObject<S>,
): z.ZodType<Partial<z.output<typeof data>>> => {
  const fields = Object.entries<unknown>(data.shape).map(([name, field]) => {
    if (!(field instanceof z.ZodType)) throw new Error(`${name} is not a field`);
    const inner = field instanceof z.ZodDefault ? field.unwrap() : field;
    return [name, z.optional(inner)];
  });
  const patch: unknown = z.strictObject(Object.fromEntries(fields));
  return patch as z.ZodType<Partial<z.output<typeof data>>>;
};
export const AgentPatch = patchOf(AgentData);
export const TaskPatch = patchOf(TaskData);

const Path = z.string().min(1).max(300);
const Inputs = z.record(InputName, z.string().max(100_000));
const Budget = z
  .strictObject({ costMicros: z.int().min(0) })
  .describe('Most that may be spent, in micro-dollars; the parent’s when left out');
const SideEffects = z
  .enum(['simulate', 'skip', 'send'])
  .describe('What tools that change the outside world do in the fork');

export const ForkSimulation = z.strictObject({
  id: z.uuid(),
  atSeq: z
    .int()
    .min(0)
    .optional()
    .describe(
      'A moment of the parent, as the number of an event. It cuts what people said: their answers that came later are not taken over. Paid steps are: with an edit (`graph`, `edits`, `inputs` or `answers` that differ from the parent’s) every one whose request is unchanged, before and after the moment. With no edit, all that ended after the moment runs anew',
    ),
  fromPath: Path.optional().describe(
    'Instead of atSeq: this step runs anew and, with no edit, all that comes after it in its task and reads it',
  ),
  graph: CrewGraph.optional().describe('The whole crew as it is to be; the parent’s when left out'),
  edits: z
    .strictObject({
      agents: z.record(GraphId, AgentPatch).optional().describe('By node id: fields to replace'),
      tasks: z.record(GraphId, TaskPatch).optional().describe('By node id: fields to replace'),
    })
    .optional()
    .describe('Small changes of the graph'),
  inputs: Inputs.optional().describe('Inputs to replace; others stay as the parent had them'),
  answers: z
    .record(Path, z.string().min(1).max(500_000))
    .optional()
    .describe('By path of a step of the parent: what it answered, in your words. Costs nothing'),
  rerun: z.array(Path).max(1_000).optional().describe('Steps to run anew although nothing changed, by path'),
  sideEffects: SideEffects.default('simulate'),
  budget: Budget.optional(),
  title: z.string().trim().min(1).max(200).optional(),
  workspaceId: z.uuid().optional().describe('Another workspace of yours, in which the fork is to run'),
});
export type ForkSimulation = z.infer<typeof ForkSimulation>;
export const ForkSimulationWithKey = ForkSimulation.extend({
  idempotencyKey: z.string().min(1).max(255).optional(),
});

export const ForkPreview = z.object({
  reused: z.int().describe('Steps taken over; they cost nothing'),
  rerun: z.int().describe('Steps that run, at most: what is not known yet counts as it was in the parent'),
  modelCalls: z.int().describe('Those of `rerun` that call a model'),
  edited: z.int().describe('Steps that a person answers'),
  maxCostMicros: z.int().nullable().describe('Null when the price of one of the models is not known'),
  steps: z
    .array(
      z.object({
        path: z.string(),
        nodeId: z.string(),
        kind: StepKind,
        reuse: z.boolean(),
        edited: z.boolean(),
      }),
    )
    .describe('In order of the plan'),
});
export type ForkPreview = z.infer<typeof ForkPreview>;

export const FamilyMember = SimulationSummary.extend({
  isCopy: z.boolean().describe('Copied from another workspace to be forked here; nothing of it ran here'),
  by: z.string().nullable().describe('Name of who started it'),
  continuedIn: z.uuid().nullable(),
  atSeq: ForkOrigin.shape.atSeq.describe('The event of its parent after which it parted'),
  fromPath: ForkOrigin.shape.fromPath.describe('The step of its parent from which it parted'),
  changes: z.array(ForkChange),
  changed: z.string().describe('The changes in words, for example: Writer’s model, input country'),
});
export type FamilyMember = z.infer<typeof FamilyMember>;
const Elsewhere = z.object({
  simulationId: z.uuid(),
  workspaceId: z.uuid(),
  workspaceName: z.string(),
});
export type Elsewhere = z.infer<typeof Elsewhere>;
const CopyElsewhere = Elsewhere.extend({
  of: z.uuid().describe('The member of this family that was copied'),
  forks: z.int().describe('Made there of the copy'),
});
export type CopyElsewhere = z.infer<typeof CopyElsewhere>;
export const FamilyTree = z.object({
  rootId: z.uuid(),
  items: z.array(FamilyMember).describe('Parents before their forks, older before younger'),
  isCut: z.boolean().describe('There are more forks than are shown'),
  original: Elsewhere.nullable().describe(
    'When the first is a copy: what was copied, if you are a member there. It can be compared with all of these',
  ),
  copies: z.array(CopyElsewhere).describe('Where these were forked into other workspaces of yours'),
});
export type FamilyTree = z.infer<typeof FamilyTree>;

export const MoveSimulation = z.strictObject({
  id: z.uuid(),
  inputs: Inputs.optional().describe('For placeholders that are new in the crew'),
  sideEffects: SideEffects.default('send'),
  budget: Budget.optional().describe('What was left of the old one when left out'),
});
export type MoveSimulation = z.infer<typeof MoveSimulation>;

/** What is told otherwise in one variant. Nothing at all asks the same once more. */
export const VariantChange = z.strictObject({
  model: AgentData.shape.model.unwrap().optional(),
  temperature: AgentData.shape.temperature.unwrap().optional(),
  agent: AgentPatch.optional(),
  task: TaskPatch.optional(),
});
export type VariantChange = z.infer<typeof VariantChange>;
export const StartVariants = z.strictObject({
  id: z.uuid(),
  path: Path.describe('A step; its task is what is tried'),
  variants: z.array(VariantChange).min(1).max(8),
  sideEffects: SideEffects.default('simulate'),
  budget: Budget.optional().describe('For each variant'),
  idempotencyKey: z.string().min(1).max(255).optional(),
});
export type StartVariants = z.infer<typeof StartVariants>;
export const PreviewVariants = StartVariants.omit({ budget: true, idempotencyKey: true });
export type PreviewVariants = z.infer<typeof PreviewVariants>;
export const VariantsPreview = z.object({
  modelCalls: z
    .int()
    .describe('Of all variants together, at most: tools may be used as often as in the parent'),
  maxCostMicros: z
    .int()
    .nullable()
    .describe('Of all together. Null when the price of one of the models is not known'),
  items: z
    .array(ForkPreview.pick({ modelCalls: true, maxCostMicros: true }))
    .describe('In the order of the variants'),
});
export type VariantsPreview = z.infer<typeof VariantsPreview>;
export const ListVariants = z.strictObject({ id: z.uuid(), path: Path.optional() });
export const KeepVariant = z.strictObject({
  id: z.uuid(),
  variantId: z.uuid(),
  budget: Budget.optional(),
  title: z.string().trim().min(1).max(200).optional(),
});
export type KeepVariant = z.infer<typeof KeepVariant>;

export const VariantView = SimulationSummary.extend({
  path: z.string().describe('The step it is a variant of'),
  group: z.uuid(),
  number: z.int(),
  changes: z.array(ForkChange),
  changed: z.string(),
  model: z.string().nullable(),
  answer: z.string().nullable().describe('The first 20,000 characters'),
  continuedIn: z.uuid().nullable().describe('The fork that goes on from it, once it is kept'),
});
export type VariantView = z.infer<typeof VariantView>;
export const VariantList = z.object({
  original: z
    .object({ path: z.string(), model: z.string().nullable(), answer: z.string().nullable() })
    .nullable()
    .describe('What the task answered in the simulation itself'),
  items: z.array(VariantView).describe('Newest group first'),
});
export type VariantList = z.infer<typeof VariantList>;
export const StartVariantsView = z.object({ items: z.array(StartView) });
