import type { FinishedTask } from '#workflows/activities.ts';
import { fillPlaceholders } from '#workflows/graph/inputs.ts';
import type { Plan, PlanAgent, PlanTask } from '#workflows/graph/planSchema.ts';
import { thinkPath, toolPath } from '#workflows/names.ts';
import { contextTasks } from '#workflows/prompts/taskPrompt.ts';
import { Contents } from '../contents.ts';
import { firstMessages, forcedMessages } from '../firstMessages.ts';
import { type Exchange, modelRequestHash, toolRequestHash } from '../requestHash.ts';
import type { StoredMessage, StoredText } from '../stored.ts';
import type { ParentStep, ParentSteps } from './ParentSteps.ts';

export interface WalkReuse {
  readonly plan: Plan;
  readonly inputs: ReadonlyMap<string, string>;
  readonly parent: ParentSteps;
}

/** A step that the fork takes over, and where from. */
export interface ReusedStep {
  readonly path: string;
  readonly from: ParentStep;
  readonly nodeId: string;
  /** Name under which the answer of a task is kept, inputs filled in. */
  readonly outputFile: string | null;
}

/** A request that nobody has answered yet: the walk of its task ends here. */
export interface NewStep {
  readonly path: string;
  readonly nodeId: string;
  readonly kind: 'model' | 'tool';
  readonly agent: PlanAgent;
  /** What it sends, as far as it is known; null when it reads an answer that is not there yet. */
  readonly messages: readonly StoredMessage[] | null;
}

export interface Walk {
  readonly reused: readonly ReusedStep[];
  /** Tasks that need nothing anew. */
  readonly finished: Readonly<Record<string, FinishedTask>>;
  /** Where each other task begins to run. */
  readonly anew: readonly NewStep[];
  /** Texts of the new requests, to reckon their length. Nothing here is written. */
  readonly contents: Contents;
}

/**
 * Goes through a plan as the engine would, taking each step from the parent whose request is the same, as far as
 * what is asked is known. Pure: the engine copies what it finds, the preview counts it, so that the two cannot
 * differ.
 */
export function walkReuse({ plan, inputs, parent }: WalkReuse): Walk {
  const contents = new Contents();
  const answers = new Map<string, StoredText>();
  const reused: ReusedStep[] = [];
  const finished: Record<string, FinishedTask> = {};
  const anew: NewStep[] = [];
  const agents = new Map(plan.agents.map((agent) => [agent.nodeId, agent]));

  for (const task of plan.tasks) {
    const agent = agents.get(task.agentId);
    if (!agent) throw new Error(`The plan has no agent ${task.agentId}`);
    const isKnown = contextTasks(plan, task).every((id) => answers.has(id));
    if (!isKnown) {
      const path = thinkPath(task.nodeId, 1);
      anew.push({ path, nodeId: task.nodeId, kind: 'model', agent, messages: null });
      continue;
    }
    const end = walkTask({ plan, task, agent, inputs, parent, contents, answers });
    reused.push(...end.reused);
    if ('next' in end) anew.push(end.next);
    else {
      answers.set(task.nodeId, end.answer.response.text);
      const { outcome } = end.answer;
      finished[task.nodeId] = {
        path: end.path,
        isEmpty: outcome.kind === 'answer' && outcome.isEmpty,
      };
    }
  }
  return { reused, finished, anew, contents };
}

interface WalkTask extends WalkReuse {
  readonly task: PlanTask;
  readonly agent: PlanAgent;
  readonly contents: Contents;
  readonly answers: ReadonlyMap<string, StoredText>;
}

type TaskEnd =
  | { readonly reused: readonly ReusedStep[]; readonly next: NewStep }
  | { readonly reused: readonly ReusedStep[]; readonly answer: ParentStep; readonly path: string };

/** The agent's loop, on the parent's steps: the same turns as `runTask` takes. */
function walkTask({ plan, task, agent, inputs, parent, contents, answers }: WalkTask): TaskEnd {
  const { nodeId } = task;
  const reused: ReusedStep[] = [];
  const outputFile = task.outputFile === null ? null : fillPlaceholders(task.outputFile, inputs);
  let previous: Exchange | null = null;
  for (let iteration = 1; ; iteration += 1) {
    const path = thinkPath(nodeId, iteration);
    const isForced = iteration > task.maxIterations;
    const added: readonly StoredMessage[] =
      previous === null
        ? firstMessages({ plan, agent, task, inputs, answers, contents })
        : isForced
          ? forcedMessages(contents)
          : [];
    const requestHash: string = modelRequestHash({
      promptVersion: plan.promptVersion,
      agent,
      tools: isForced ? [] : task.tools,
      previous,
      added,
    });
    const step: ParentStep | undefined = parent.find({ path, nodeId, requestHash });
    if (!step) return { reused, next: { path, nodeId, kind: 'model', agent, messages: added } };
    reused.push({ path, from: step, nodeId, outputFile: step.outcome.kind === 'answer' ? outputFile : null });
    if (step.outcome.kind === 'answer') return { reused, answer: step, path };
    const tools = findTools({ parent, path, step });
    reused.push(...tools.found.map(([at, from]) => ({ path: at, from, nodeId, outputFile: null })));
    if (tools.missing !== null)
      return { reused, next: { path: tools.missing, nodeId, kind: 'tool', agent, messages: null } };
    previous = {
      requestHash,
      response: step.response,
      results: tools.found.map(([, from]) => from.response.text),
    };
  }
}

function findTools({ parent, path, step }: { parent: ParentSteps; path: string; step: ParentStep }) {
  const found: [string, ParentStep][] = [];
  let missing: string | null = null;
  for (const call of step.response.toolCalls) {
    const at = toolPath(path, call.index);
    const requestHash = toolRequestHash(call.tool, call.arguments);
    const from = parent.find({ path: at, nodeId: step.nodeId, requestHash });
    if (from) found.push([at, from]);
    else missing ??= at;
  }
  return { found, missing };
}
