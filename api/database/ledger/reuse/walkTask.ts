import { fillPlaceholders } from '#workflows/graph/inputs.ts';
import type { Plan, PlanAgent, PlanTask } from '#workflows/graph/planSchema.ts';
import { thinkPath, toolPath } from '#workflows/names.ts';
import type { Contents } from '../contents.ts';
import { firstMessages, forcedMessages } from '../firstMessages.ts';
import { type Exchange, modelRequestHash, toolRequestHash } from '../requestHash.ts';
import type { StoredMessage, StoredText, StoredToolCall } from '../stored.ts';
import type { EditedAnswer } from './ForkRule.ts';
import { ownHash } from './ownHash.ts';
import type { ParentStep, ParentSteps } from './ParentSteps.ts';
import { type EditedStep, endsTask, type TakenStep, textOf } from './TakenStep.ts';

export interface WalkTask {
  readonly plan: Plan;
  readonly task: PlanTask;
  readonly agent: PlanAgent;
  readonly inputs: ReadonlyMap<string, string>;
  readonly parent: ParentSteps;
  readonly edits: Edits;
  readonly answers: ReadonlyMap<string, StoredText>;
  readonly contents: Contents;
  /** Whether all that the task reads is there. */
  readonly isKnown: boolean;
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
  const loop = walk.isKnown ? walkLoop(walk, said?.path ?? null) : { taken: [], next: null };
  if (said) {
    const { path, text, isEmpty } = said;
    return { kind: 'finished', taken: [...loop.taken, said], path, text, isEmpty };
  }
  const { taken, next } = loop;
  const last = taken.at(-1);
  if (next === null && last?.kind === 'reused' && endsTask(last)) {
    const isEmpty = isEmptyAnswer(last.from);
    return { kind: 'finished', taken, path: last.path, text: textOf(last), isEmpty };
  }
  return { kind: 'anew', taken, path: next ?? thinkPath(walk.task.nodeId, 1) };
}

/** What a person says in place of the task's answer: for this fork, or for one that it is forked from. */
function findSaid(walk: WalkTask): EditedStep | null {
  const { plan, task, agent, inputs, parent, edits } = walk;
  const { nodeId } = task;
  const given = edits.byTask.get(nodeId);
  if (!given && !parent.of(nodeId).some(({ isEdited }) => isEdited)) return null;
  const requestHash = ownHash({ plan, task, agent, inputs });
  const said = given ?? asEdit(parent.find({ path: '', nodeId, requestHash }));
  if (!said) return null;
  const { path, text, isEmpty } = said;
  const outputFile = outputFileOf(walk);
  return { kind: 'edited', path, nodeId, outputFile, text, isEmpty, requestHash, isAnswer: true };
}

const asEdit = (step: ParentStep | undefined): EditedAnswer | undefined =>
  step && { path: step.path, text: step.response.text, isEmpty: isEmptyAnswer(step) };

const isEmptyAnswer = ({ outcome }: ParentStep): boolean => outcome.kind === 'answer' && outcome.isEmpty;

interface Loop {
  readonly taken: readonly TakenStep[];
  /** The first request that is not answered; null when the task has ended or `until` is reached. */
  readonly next: string | null;
}

/** The agent's loop: the same turns as `runTask` takes. */
function walkLoop(walk: WalkTask, until: string | null): Loop {
  const { plan, task, agent, parent } = walk;
  const { nodeId } = task;
  const taken: TakenStep[] = [];
  let previous: Exchange | null = null;
  for (let iteration = 1; ; iteration += 1) {
    const path = thinkPath(nodeId, iteration);
    if (path === until) return { taken, next: null };
    const isForced = iteration > task.maxIterations;
    const requestHash: string = modelRequestHash({
      promptVersion: plan.promptVersion,
      agent,
      tools: isForced ? [] : task.tools,
      previous,
      added: addedMessages(walk, { isFirst: previous === null, isForced }),
    });
    const from: ParentStep | undefined = parent.find({ path, nodeId, requestHash });
    if (!from) return { taken, next: path };
    const isAnswer = from.outcome.kind === 'answer';
    taken.push({ kind: 'reused', path, nodeId, from, outputFile: isAnswer ? outputFileOf(walk) : null });
    if (isAnswer) return { taken, next: null };
    const tools = from.response.toolCalls.map((call) => takeTool(walk, path, call));
    taken.push(...tools.filter((tool) => typeof tool !== 'string'));
    const missing = tools.find((tool) => typeof tool === 'string');
    if (missing !== undefined) return { taken, next: missing };
    const results = tools.flatMap((tool) => (typeof tool === 'string' ? [] : [textOf(tool)]));
    previous = { requestHash, response: from.response, results };
  }
}

function addedMessages(
  walk: WalkTask,
  { isFirst, isForced }: { isFirst: boolean; isForced: boolean },
): readonly StoredMessage[] {
  if (isFirst) return firstMessages(walk);
  return isForced ? forcedMessages(walk.contents) : [];
}

/** The result of a tool call, from a person or from the parent; its path when it has to be made. */
function takeTool(
  { task, parent, edits }: WalkTask,
  askedBy: string,
  call: StoredToolCall,
): TakenStep | string {
  const { nodeId } = task;
  const path = toolPath(askedBy, call.index);
  const requestHash = toolRequestHash(call.tool, call.arguments);
  const place = { path, nodeId, outputFile: null };
  const edit = { kind: 'edited', ...place, requestHash, isEmpty: false, isAnswer: false } as const;
  const said = edits.byPath.get(path);
  const instead = said && parent.of(nodeId).find((step) => step.path === path);
  if (said && instead?.requestHash === requestHash) return { ...edit, text: said.text };
  const from = parent.find({ path, nodeId, requestHash });
  if (!from) return path;
  return from.isEdited ? { ...edit, text: from.response.text } : { kind: 'reused', ...place, from };
}

const outputFileOf = ({ task, inputs }: WalkTask): string | null =>
  task.outputFile === null ? null : fillPlaceholders(task.outputFile, inputs);
