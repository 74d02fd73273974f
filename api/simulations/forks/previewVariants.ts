import type { MemberContext } from '../../context.ts';
import { cutPlan } from '../../database/ledger/reuse/neighbours.ts';
import type { Simulation } from '../../database/models/Simulation.ts';
import { previewFork } from './previewFork.ts';
import type { PreviewVariants, VariantsPreview } from './schema.ts';
import { prepareVariants } from './startVariants.ts';

/** What variants would cost at most, each and together. Calls nobody and writes nothing. */
export async function previewVariants(
  context: MemberContext,
  parent: Simulation,
  input: PreviewVariants,
): Promise<VariantsPreview> {
  const items: VariantsPreview['items'] = [];
  for (const draft of await prepareVariants(context, parent, input)) {
    const { only } = draft.rule;
    // As the engine is given it: the task alone, and what it needs.
    const plan = only === undefined ? draft.plan : cutPlan(draft.plan, only);
    const { modelCalls, maxCostMicros } = await previewFork(context, { ...draft, plan });
    items.push({ modelCalls, maxCostMicros });
  }
  return {
    modelCalls: items.reduce((sum, { modelCalls }) => sum + modelCalls, 0),
    maxCostMicros: items.reduce<number | null>(
      (sum, { maxCostMicros }) => (sum === null || maxCostMicros === null ? null : sum + maxCostMicros),
      0,
    ),
    items,
  };
}
