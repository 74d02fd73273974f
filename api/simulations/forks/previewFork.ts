import type { PlanTask } from '#workflows/graph/planSchema.ts';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { loadParentSteps, type ParentStep } from '../../database/ledger/reuse/ParentSteps.ts';
import { comparePlaces, readStepPath } from '../../database/ledger/reuse/stepPath.ts';
import type { TakenStep } from '../../database/ledger/reuse/TakenStep.ts';
import { walkReuse } from '../../database/ledger/reuse/walkReuse.ts';
import type { ForkDraft } from './prepareFork.ts';
import { readLengths } from './readLengths.ts';
import type { ForkPreview } from './schema.ts';
import { worstPrice } from './worstPrice.ts';

type PreviewedStep = ForkPreview['steps'][number];

/** What a fork would take over and what it would pay for at most. Calls nobody and writes nothing. */
export function previewFork(
  { database }: Pick<MemberContext, 'database'>,
  { parent: { id: parentId, workspaceId, clock }, plan, inputs, rule }: ForkDraft,
): Promise<ForkPreview> {
  return inWorkspace(database, workspaceId, async (transaction) => {
    const parent = await loadParentSteps(transaction, { ...rule, parentId });
    const values = new Map(Object.entries(inputs));
    const walk = walkReuse({ plan, inputs: values, clock, parent, answers: rule.answers });
    const taken = Map.groupBy(walk.taken, ({ nodeId }) => nodeId);
    const next = new Map(walk.anew.map(({ nodeId, path }) => [nodeId, path]));
    const steps = plan.tasks.flatMap(({ nodeId }: PlanTask) => {
      const own = taken.get(nodeId) ?? [];
      const path = next.get(nodeId);
      return [...own.map(presentTaken), ...(path === undefined ? [] : restOf(path, own, parent.of(nodeId)))];
    });
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

const presentTaken = (step: TakenStep): PreviewedStep =>
  step.kind === 'edited'
    ? { path: step.path, nodeId: step.nodeId, kind: 'person', reuse: false, edited: true }
    : { path: step.path, nodeId: step.nodeId, kind: step.from.kind, reuse: true, edited: false };

/** What a task runs: the first step that is missing, and as many after it as there were in the parent. */
function restOf(
  first: string,
  taken: readonly TakenStep[],
  parent: readonly ParentStep[],
): readonly PreviewedStep[] {
  const start = readStepPath(first);
  if (!start) throw new Error(`${first} is no path of a step`);
  const have = new Set(taken.map(({ path }) => path));
  const paths = new Set([first, ...parent.map(({ path }) => path)]);
  return [...paths]
    .map((path) => ({ path, place: readStepPath(path) ?? start }))
    .filter(({ path, place }) => !have.has(path) && comparePlaces(place, start) >= 0)
    .sort((a, b) => comparePlaces(a.place, b.place))
    .map(({ path, place }) => ({
      path,
      nodeId: place.nodeId,
      kind: place.tool === null ? 'model' : 'tool',
      reuse: false,
      edited: false,
    }));
}
