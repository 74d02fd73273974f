import type { Plan, PlanControl, PlanTask } from './graph/planSchema.ts';
import { type Limits, limitsOf } from './limits.ts';
import { type TaskControl, taskControlOf } from './taskControl.ts';
import { unreachable } from './unreachable.ts';

/**
 * The plan as the workflow carries it: ids, order and limits, no prompts, and short enough for 2,000 tasks in one
 * payload. Names are cut and shown only in Temporal's own screens. What a crew of tasks alone does not need is absent.
 */
export interface ControlPlan {
  readonly version: Plan['version'];
  readonly tasks: readonly ControlTask[];
  /** Plans from before limits lack them. */
  readonly limits?: Limits;
  readonly controls?: readonly ControlStep[];
  /** Of the crew (null) and of each map and loop its nodes in order: indexes of tasks and, behind them, of controls. */
  readonly blocks?: readonly { readonly id: string | null; readonly nodes: readonly number[] }[];
}

/** Where a node stands in its block. */
interface ControlPlace {
  readonly nodeId: string;
  readonly name: string;
  /** Indexes of nodes of its block that must have ended: of tasks and, behind them, of controls. */
  readonly waitsFor: readonly number[];
  /** Skipped unless one of these came out so. */
  readonly branches?: readonly (readonly [from: number, outcome: string])[];
  /** Without branches: skipped when all of these were skipped by a branch. */
  readonly follows?: readonly number[];
}

export interface ControlTask extends ControlPlace {
  readonly maxIterations: number;
  /** Absent when nothing about it is unusual. */
  readonly how?: TaskControl;
  /** Done only when a rule holds. */
  readonly isConditional?: true;
}

export type ControlStep = ControlPlace &
  (
    | { readonly kind: 'router'; readonly by: 'rules' | 'model' }
    | { readonly kind: 'map'; readonly concurrency: number; readonly onFailure: 'fail' | 'leaveOut' }
    | {
        readonly kind: 'loop';
        readonly maxRounds: number;
        readonly hasUntil: boolean;
        readonly atMost: 'goOn' | 'fail';
      }
    | { readonly kind: 'wait' }
    | { readonly kind: 'crew'; readonly crewVersionId: string }
    | {
        readonly kind: 'approval';
        readonly deadlineMinutes: number | null;
        readonly reminderMinutes: number | null;
        readonly otherwise: string | null;
      }
  );
export type ControlStepOf<K extends ControlStep['kind']> = Extract<ControlStep, { kind: K }>;
export type ControlNode = ControlTask | ControlStep;

export const isStep = (node: ControlNode): node is ControlStep => 'kind' in node;

/** A node by its index. */
export const nodeAt = ({ tasks, controls = [] }: ControlPlan, index: number): ControlNode | undefined =>
  tasks[index] ?? controls[index - tasks.length];

/** Of crews of tasks alone: asked for at each end of thousands. */
const inOrder = new WeakMap<ControlPlan, readonly number[]>();

/** What a block does, in order, as indexes: null is the crew itself. */
export function nodesOf(plan: ControlPlan, block: string | null): readonly number[] {
  if (plan.blocks) return plan.blocks.find(({ id }) => id === block)?.nodes ?? [];
  if (block !== null) return [];
  const known = inOrder.get(plan) ?? plan.tasks.map((_, index) => index);
  inOrder.set(plan, known);
  return known;
}

const NAME_LENGTH = 40;

export function toControlPlan(plan: Plan): ControlPlan {
  const { version, tasks, controls = [], blocks } = plan;
  const indexOf = new Map([...tasks, ...controls].map((node, index) => [node.nodeId, index]));
  const at = (id: string) => indexOf.get(id) ?? missing(id);
  const ordered = tasks.map((task) => {
    const how = taskControlOf(plan, task);
    return {
      ...placeOf(task, at),
      maxIterations: task.maxIterations,
      ...(how && { how }),
      ...(task.condition ? { isConditional: true as const } : {}),
    };
  });
  const limits = limitsOf(plan);
  if (controls.length === 0) return { version, tasks: ordered, limits };
  return {
    version,
    tasks: ordered,
    limits,
    controls: controls.map((control) => ({ ...placeOf(control, at), ...stepOf(control) })),
    blocks: blocks?.map(({ id, nodeIds }) => ({ id, nodes: nodeIds.map(at) })),
  };
}

function placeOf(
  { nodeId, name, waitsFor, branches, follows }: PlanTask | PlanControl,
  at: (id: string) => number,
): ControlPlace {
  return {
    nodeId,
    name: name.slice(0, NAME_LENGTH),
    waitsFor: waitsFor.map(at),
    ...(branches ? { branches: branches.map(({ from, outcome }) => [at(from), outcome] as const) } : {}),
    ...(follows ? { follows: follows.map(at) } : {}),
  };
}

function stepOf(control: PlanControl) {
  const { kind } = control;
  switch (kind) {
    case 'router':
      return { kind, by: control.by };
    case 'map':
      return { kind, concurrency: control.concurrency, onFailure: control.onFailure };
    case 'loop': {
      const { maxRounds, atMost, until } = control;
      return { kind, maxRounds, atMost, hasUntil: until !== undefined };
    }
    case 'wait':
      return { kind };
    case 'crew':
      return { kind, crewVersionId: control.crewVersionId };
    case 'approval': {
      const { deadlineMinutes, reminderMinutes, otherwise } = control;
      return { kind, deadlineMinutes, reminderMinutes, otherwise };
    }
    default:
      return unreachable(control);
  }
}

function missing(id: string): never {
  throw new Error(`The plan waits for ${id}, which is not in it`);
}
