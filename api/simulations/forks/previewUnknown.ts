import { thinkPath } from '#workflows/names.ts';
import { insideOf, nodesOf } from '../../database/ledger/reuse/neighbours.ts';
import type { ParentStep, ParentSteps } from '../../database/ledger/reuse/ParentSteps.ts';
import { readStepPath } from '../../database/ledger/reuse/stepPath.ts';
import type { Walk } from '../../database/ledger/reuse/walkReuse.ts';
import { changedNodes } from './changedNodes.ts';
import type { ForkDraft } from './prepareFork.ts';
import { type PreviewedStep, presentAnew } from './presentPreviewed.ts';

export interface PreviewUnknown {
  readonly draft: Pick<ForkDraft, 'parent' | 'parentPlan' | 'plan' | 'inputs' | 'rule'>;
  readonly walk: Walk;
  readonly parent: ParentSteps;
}

/**
 * Steps of nodes of which it shows only when they are come to what they ask: where decisions lead, in maps and loops and
 * behind them. What nothing changed leads to comes out as it did, and its steps are taken over one by one; all else
 * counts as run anew. Decisions cost nothing and are not counted.
 */
export function previewUnknown({ draft, walk, parent }: PreviewUnknown): PreviewedStep[] {
  const { plan } = draft;
  const unknown = walk.unknown.flatMap((id) => parent.within(id)).filter(({ kind }) => kind !== 'decision');
  const changed = changedNodes({
    before: { plan: draft.parentPlan, inputs: draft.parent.inputs },
    after: draft,
    anew: [...anewOf(draft, walk), ...unknown.filter((step) => !parent.isUsable(step)).map(nodeOf)],
  });
  const isSame = (step: ParentStep) =>
    parent.isUsable(step) && nodesOnTheWay(step.path).every((id) => !changed.has(id));
  const isOver = draft.parent.status === 'completed';
  const nodes = nodesOf(plan);
  const asked = walk.unknown.flatMap((id) => [id, ...insideOf(plan, id)]);
  // What did nothing in the parent may do something now; what was left out there and has not changed is left out again.
  const newcomers = asked.filter((id) => {
    const node = nodes.get(id);
    return node && !('kind' in node) && parent.of(id).length === 0 && (changed.has(id) || !isOver);
  });
  return [
    ...unknown.map((step) => (isSame(step) ? presentTakenOver(step) : presentAnew(step))),
    ...newcomers.map((nodeId) => presentAnew({ path: thinkPath(nodeId, 1), nodeId })),
  ];
}

/** What the walk found to be done anew, and what somebody answers now. */
function anewOf({ rule }: PreviewUnknown['draft'], { anew }: Walk): readonly string[] {
  const named = [...rule.rerun, ...(rule.answers ?? []).map(({ path }) => path)];
  return [
    ...anew.map(({ nodeId }) => nodeId),
    ...(rule.rerunTasks ?? []),
    ...named.flatMap((path) => readStepPath(path)?.nodeId ?? []),
  ];
}

const nodeOf = ({ nodeId }: ParentStep): string => nodeId;

const NODE = /([A-Za-z0-9_-]+)\/0\//g;

/** The node of a step and all that it is done inside of. */
const nodesOnTheWay = (path: string): readonly string[] =>
  [...path.matchAll(NODE)].flatMap(([, id]) => (id === undefined ? [] : [id]));

const presentTakenOver = ({ path, nodeId, kind, isEdited }: ParentStep): PreviewedStep => ({
  path,
  nodeId,
  kind,
  reuse: !isEdited,
  edited: isEdited,
});
