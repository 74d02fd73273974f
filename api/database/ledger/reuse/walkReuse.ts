import type { FinishedTask } from '#workflows/activities.ts';
import { nodesOfBlock, type Plan, type PlanAgent, type PlanTask } from '#workflows/graph/planSchema.ts';
import { ROOT_SCOPE } from '#workflows/names.ts';
import { Contents } from '../contents.ts';
import type { StoredText } from '../stored.ts';
import type { EditedAnswer } from './ForkRule.ts';
import { nodesOf } from './neighbours.ts';
import type { ParentSteps } from './ParentSteps.ts';
import { isSilent, settledTasks } from './settledTasks.ts';
import { askedBy, comparePaths, readStepPath } from './stepPath.ts';
import type { NewStep, TakenStep } from './TakenStep.ts';
import { type Edits, walkTask } from './walkTask.ts';

export interface WalkReuse {
  readonly plan: Plan;
  readonly inputs: ReadonlyMap<string, string>;
  /** The parent's, which its forks have too. */
  readonly clock: Date;
  readonly parent: ParentSteps;
  /** What a person says instead of steps of the parent. */
  readonly answers?: readonly EditedAnswer[];
}

export interface Walk {
  /** In the order of the plan. */
  readonly taken: readonly TakenStep[];
  /** Tasks that need nothing anew, of those that are done in any case. */
  readonly finished: Readonly<Record<string, FinishedTask>>;
  /** Where each other task begins to run. */
  readonly anew: readonly NewStep[];
  /** Nodes of the crew itself of which it shows only when they are come to whether and what they ask. */
  readonly unknown: readonly string[];
  /** What finished tasks answered, by node id. */
  readonly answers: ReadonlyMap<string, StoredText>;
}

/**
 * Goes through a plan as the engine would, taking each step from the parent whose request is the same, as far as
 * what is asked is known. What depends on a decision is taken over when it is come to, one step at a time. Pure: the
 * engine copies what it finds, the preview counts it, so that the two cannot differ.
 */
export function walkReuse({ plan, inputs, clock, parent, answers: given = [] }: WalkReuse): Walk {
  const answers = new Map<string, StoredText>();
  const taken: TakenStep[] = [];
  const finished: Record<string, FinishedTask> = {};
  const anew: NewStep[] = [];
  const unknown: string[] = [];
  const agents = new Map(plan.agents.map((agent) => [agent.nodeId, agent]));
  const edits = readEdits(given);
  // Texts are cut up and hashed here, and stored by nobody.
  const contents = new Contents();
  // What a planner wrote is in its text, which nobody reads here: such tasks are found when they are claimed.
  const settled = plan.settings?.planning ? new Set<string>() : settledTasks(plan);
  const order = nodesOfBlock(plan, null);
  const nodes = nodesOf(plan);
  // How many nodes have an answer, or none to give, before the first that has yet to: "all earlier ones" is then one
  // comparison.
  let leading = 0;
  const isKnown = ({ context }: PlanTask) =>
    'first' in context ? context.first <= leading : context.tasks.every((id) => answers.has(id));

  for (const [place, nodeId] of order.entries()) {
    const node = nodes.get(nodeId);
    if (!node) continue;
    if ('kind' in node) {
      unknown.push(nodeId);
      if (leading === place && isSilent(node)) leading += 1;
      continue;
    }
    const isSettled = settled.has(nodeId);
    const end = walkTask({
      plan,
      task: node,
      agent: agentOf(agents, node),
      inputs,
      clock,
      parent,
      edits,
      answers,
      contents,
      // Where a person says the answer, nothing has to be known.
      isKnown: isSettled && isKnown(node),
    });
    taken.push(...end.taken);
    if (end.kind === 'anew') {
      if (isSettled) anew.push({ path: end.path, nodeId });
      else unknown.push(nodeId);
      continue;
    }
    answers.set(nodeId, end.text);
    finished[nodeId] = { path: end.path, isEmpty: end.isEmpty };
    if (leading === place) leading += 1;
  }
  return { taken, finished, anew, unknown, answers };
}

function agentOf(agents: ReadonlyMap<string, PlanAgent>, task: PlanTask): PlanAgent {
  const agent = agents.get(task.agentId);
  if (!agent) throw new Error(`The plan has no agent ${task.agentId}`);
  return agent;
}

/** What people say instead of steps of the parent: each place once. */
export function readEdits(given: readonly EditedAnswer[]): Edits {
  // Of several in one task the first ends it: it is put in last.
  const models = [...given]
    .sort((a, b) => comparePaths(b.path, a.path))
    .flatMap((answer): [string, EditedAnswer][] => {
      const place = readStepPath(answer.path);
      if (place?.scope !== ROOT_SCOPE || askedBy(answer.path) !== null) return [];
      return [[place.nodeId, answer]];
    });
  return { byTask: new Map(models), byPath: new Map(given.map((answer) => [answer.path, answer])) };
}
