import type { PlanTask } from '#workflows/graph/planSchema.ts';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { loadParentSteps, type ParentStep } from '../../database/ledger/reuse/ParentSteps.ts';
import type { NewStep, TakenStep } from '../../database/ledger/reuse/TakenStep.ts';
import { walkReuse } from '../../database/ledger/reuse/walkReuse.ts';
import type { ForkDraft } from './prepareFork.ts';
import { type PreviewedStep, presentAnew, presentTaken } from './presentPreviewed.ts';
import { previewUnknown } from './previewUnknown.ts';
import { readLengths } from './readLengths.ts';
import type { ForkPreview } from './schema.ts';
import { worstPrice } from './worstPrice.ts';

/** What a fork would take over and what it would pay for at most. Calls nobody and writes nothing. */
export function previewFork(
  { database }: Pick<MemberContext, 'database'>,
  draft: ForkDraft,
): Promise<ForkPreview> {
  const { plan, inputs, rule } = draft;
  const { id: parentId, workspaceId, clock } = draft.parent;
  return inWorkspace(database, workspaceId, async (transaction) => {
    const parent = await loadParentSteps(transaction, { ...rule, parentId });
    const values = new Map(Object.entries(inputs));
    const walk = walkReuse({ plan, inputs: values, clock, parent, answers: rule.answers });
    const taken = Map.groupBy(walk.taken, ({ nodeId }) => nodeId);
    const next = new Map(walk.anew.map(({ nodeId, path }) => [nodeId, path]));
    const steps = plan.tasks.flatMap(({ nodeId }: PlanTask) => {
      const own = taken.get(nodeId) ?? [];
      const path = next.get(nodeId);
      const rest = path === undefined ? [] : restOf({ nodeId, path }, own, parent.within(nodeId));
      return [...own.map(presentTaken), ...rest];
    });
    steps.push(...previewUnknown({ draft, walk, parent }));
    const anew = steps.filter(({ reuse, edited }) => !reuse && !edited);
    const lengthOf = await readLengths(database, transaction, [...walk.answers.values()]);
    return {
      reused: steps.filter(({ reuse }) => reuse).length,
      rerun: anew.length,
      modelCalls: anew.filter(({ kind }) => kind === 'model').length,
      edited: steps.filter(({ edited }) => edited).length,
      maxCostMicros: worstPrice({ plan, inputs: values, parent, anew, answers: walk.answers, lengthOf }),
      steps,
    };
  });
}

/** What a task runs: the first step that is missing, and all that it did in the parent and has not got yet. */
function restOf(
  first: NewStep,
  taken: readonly TakenStep[],
  parent: readonly ParentStep[],
): readonly PreviewedStep[] {
  const have = new Set(taken.map(({ path }) => path));
  const left = parent.filter(({ path }) => !have.has(path));
  const isNew = left.every(({ path }) => path !== first.path);
  return [...(isNew ? [first] : []), ...left].map(presentAnew);
}
