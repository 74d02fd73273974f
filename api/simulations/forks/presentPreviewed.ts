import type { StepKind } from '#workflows/graph/eventSchema.ts';
import { LOOK_UPS } from '#workflows/names.ts';
import type { ParentStep } from '../../database/ledger/reuse/ParentSteps.ts';
import { askedBy } from '../../database/ledger/reuse/stepPath.ts';
import type { NewStep, TakenStep } from '../../database/ledger/reuse/TakenStep.ts';
import type { ForkPreview } from './schema.ts';

export type PreviewedStep = ForkPreview['steps'][number];

export const presentTaken = (step: TakenStep): PreviewedStep =>
  step.kind === 'edited'
    ? { path: step.path, nodeId: step.nodeId, kind: 'person', reuse: false, edited: true }
    : {
        path: step.path,
        nodeId: step.nodeId,
        kind: step.from.kind,
        reuse: !step.from.isEdited,
        edited: step.from.isEdited,
      };

export const presentAnew = (step: NewStep | ParentStep): PreviewedStep => ({
  path: step.path,
  nodeId: step.nodeId,
  kind: kindOf(step),
  reuse: false,
  edited: false,
});

const KINDS: Readonly<Record<string, StepKind>> = {
  [LOOK_UPS.recall]: 'memory',
  [LOOK_UPS.remember]: 'memory',
  [LOOK_UPS.knowledge]: 'knowledge',
  callback: 'tool',
  ask: 'person',
};

/** Where a person spoke for a model or a tool, that one is asked again. */
function kindOf(step: NewStep | ParentStep): StepKind {
  if ('kind' in step && !step.isEdited) return step.kind;
  const name = step.path.slice(step.path.lastIndexOf('/') + 1);
  return KINDS[name] ?? (askedBy(step.path) === null ? 'model' : 'tool');
}
