import type { FinishedTask, StepOutcome } from '#workflows/activities.ts';
import type { Plan, PlanAgent, PlanTask } from '#workflows/graph/planSchema.ts';
import { ROOT_SCOPE, stepPath, thinkPath } from '#workflows/names.ts';
import type { Order } from '#workflows/prompts/coworkers.ts';
import { TaskFailed } from '#workflows/TaskFailed.ts';
import { taskControlOf } from '#workflows/taskControl.ts';
import { taskTurns } from '#workflows/taskTurns.ts';
import type { Contents } from '../contents.ts';
import type { StoredText } from '../stored.ts';
import type { EditedAnswer } from './ForkRule.ts';
import { FoundSteps } from './FoundSteps.ts';
import { outputFileOf } from './outputFileOf.ts';
import { ownHash } from './ownHash.ts';
import type { ParentSteps } from './ParentSteps.ts';
import { asEdit, type EditedStep, saidOutcome, type TakenStep } from './TakenStep.ts';

export interface WalkTask {
  readonly plan: Plan;
  readonly task: PlanTask;
  readonly agent: PlanAgent;
  readonly inputs: ReadonlyMap<string, string>;
  readonly clock: Date;
  readonly parent: ParentSteps;
  readonly edits: Edits;
  readonly answers: ReadonlyMap<string, StoredText>;
  readonly contents: Contents;
  /** Whether all that the task reads is there. */
  readonly isKnown: boolean;
  /** Inside a map, a loop or a crew; absent at the top. */
  readonly scope?: string;
  /** Of what it reads: what was not on the way taken. */
  readonly leftOut?: ReadonlySet<string>;
  /** What the crew's planner wrote for it. */
  readonly crewPlan?: string;
  /** Of work that was handed on: in what words. */
  readonly order?: Order;
}

/** What a person says instead of steps of the parent. */
export interface Edits {
  /** Of models, by task: the first of each. */
  readonly byTask: ReadonlyMap<string, EditedAnswer>;
  readonly byPath: ReadonlyMap<string, EditedAnswer>;
}

export type TaskEnd = { readonly taken: readonly TakenStep[] } & (
  | { readonly kind: 'anew'; readonly path: string }
  | { readonly kind: 'finished'; readonly path: string; readonly text: StoredText; readonly isEmpty: boolean }
);

/** One task on the parent's steps. What a person said ends it, however much of the way there is the same. */
export function walkTask(walk: WalkTask): TaskEnd {
  const said = findSaid(walk);
  const course: Course = walk.isKnown ? walkTurns(walk, said?.path ?? null) : { taken: [], next: null };
  const { taken, next, end } = course;
  if (said) {
    const { path, text, isEmpty } = said;
    return { kind: 'finished', taken: [...taken, said], path, text, isEmpty };
  }
  if (end) return { kind: 'finished', taken, ...end };
  return { kind: 'anew', taken, path: next ?? firstPath(walk) };
}

/** What a person says in place of the task's answer: for this fork, or for one that it is forked from. */
function findSaid(walk: WalkTask): EditedStep | null {
  const { task, parent, edits } = walk;
  const { nodeId } = task;
  const given = edits.byTask.get(nodeId);
  if (!given && !parent.of(nodeId).some(({ isEdited }) => isEdited)) return null;
  const requestHash = ownHash(walk);
  const before = parent.find({ path: '', nodeId, requestHash });
  const said = given ?? (before && asEdit(before));
  if (!said) return null;
  const { path, text, isEmpty } = said;
  const outputFile = outputFileOf(walk);
  return { kind: 'edited', path, nodeId, outputFile, text, isEmpty, requestHash, isAnswer: true };
}

interface Course {
  readonly taken: readonly TakenStep[];
  /** The first request that is not answered; null when there is none, or `until` is reached. */
  readonly next: string | null;
  readonly end?: FinishedTask & { readonly text: StoredText };
}

/** The agent's way, step by step as the engine goes it, as far as the parent's steps and people's words reach. */
function walkTurns(walk: WalkTask, until: string | null): Course {
  const turns = turnsOf(walk);
  const found = new FoundSteps(walk);
  const taken: TakenStep[] = [];
  try {
    for (let turn = turns.next(); ; ) {
      if (turn.done)
        return { taken, next: null, end: { ...turn.value, text: found.textAt(turn.value.path) } };
      if (turn.value.some(({ path }) => path === until)) return { taken, next: null };
      const steps = turn.value.map((step) => found.take(step));
      taken.push(...steps.filter((step) => typeof step !== 'string'));
      const missing = steps.find((step) => typeof step === 'string');
      if (missing !== undefined) return { taken, next: missing };
      turn = turns.next(steps.flatMap((step) => (typeof step === 'string' ? [] : [outcomeOf(step)])));
    }
  } catch (error) {
    // It ended so in the parent, and does in the fork.
    if (error instanceof TaskFailed) return { taken, next: error.path };
    throw error;
  }
}

const turnsOf = ({ plan, task }: WalkTask) =>
  taskTurns({ maxIterations: task.maxIterations, how: taskControlOf(plan, task) }, (step) =>
    stepPath(ROOT_SCOPE, task.nodeId, step),
  );

const firstPath = (walk: WalkTask): string => {
  const first = turnsOf(walk).next();
  return (first.done ? undefined : first.value[0]?.path) ?? thinkPath(walk.task.nodeId, 1);
};

/** What the engine would be told of it. */
export const outcomeOf = (step: TakenStep): StepOutcome =>
  step.kind === 'reused' ? step.from.outcome : saidOutcome(step);
