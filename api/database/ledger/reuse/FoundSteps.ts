import type { ThinkWhat } from '#workflows/activities.ts';
import type { TurnStep } from '#workflows/agentTurns.ts';
import { findToolIn } from '#workflows/catalogue/tools.ts';
import { feedbackHash } from '../questions/feedbackQuestion.ts';
import { type Exchange, modelRequestHash, toolRequestHash } from '../requestHash.ts';
import { composeRequest } from '../requests/composeRequest.ts';
import type { StoredResponse, StoredText } from '../stored.ts';
import { outputFileOf } from './outputFileOf.ts';
import { isEnding, type TakenStep, textOf } from './TakenStep.ts';
import type { WalkTask } from './walkTask.ts';

type ThinkStep = Extract<TurnStep, { kind: 'think' }>;
type ToolStep = Extract<TurnStep, { kind: 'tool' }>;
type PersonStep = Extract<TurnStep, { kind: 'person' }>;

interface Known {
  readonly requestHash: string;
  readonly response: StoredResponse;
}

/** Steps of one task that a fork has already, each found by what is asked in it now. */
export class FoundSteps {
  readonly #walk: WalkTask;
  readonly #known = new Map<string, Known>();

  constructor(walk: WalkTask) {
    this.#walk = walk;
  }

  /** The step from the parent, or in a person's words; its path when it has to be done. */
  take(step: TurnStep): TakenStep | string {
    // What is looked up depends on what is known now: it is found when it is claimed, and so is what comes after.
    if (step.kind === 'lookUp' || step.kind === 'remember') return step.path;
    // What was handed on is in words, which nobody reads here. It is found when it is claimed.
    if (step.by || (step.kind === 'tool' && step.answeredAt !== undefined)) return step.path;
    const taken = this.#find(step);
    if (typeof taken === 'string') return taken;
    const response: StoredResponse =
      taken.kind === 'reused'
        ? taken.from.response
        : { text: taken.text, toolCalls: [], finishReason: 'edited' };
    const requestHash = taken.kind === 'reused' ? taken.from.requestHash : taken.requestHash;
    this.#known.set(taken.path, { requestHash, response });
    return taken;
  }

  #find(step: Exclude<TurnStep, { kind: 'lookUp' | 'remember' }>): TakenStep | string {
    if (step.kind === 'think') return this.#takeThink(step);
    return step.kind === 'person' ? this.#takePerson(step) : this.#takeTool(step);
  }

  textAt(path: string, what?: 'problem'): StoredText {
    const { response } = this.#at(path);
    return (what === 'problem' ? response.problem : undefined) ?? response.text;
  }

  #at(path: string): Known {
    const known = this.#known.get(path);
    if (!known) throw new Error(`Step ${path} was not taken`);
    return known;
  }

  #takeThink({ path, what, answersAt }: ThinkStep): TakenStep | string {
    // Its request holds texts, which nobody reads here. It is found when it is claimed.
    if (what.ask?.kind === 'summary') return path;
    const { plan, task, parent } = this.#walk;
    const { nodeId } = task;
    const { added, tools, settings } = composeRequest({
      ...this.#walk,
      what,
      stepText: (at, which) => this.textAt(at, which),
    });
    const { promptVersion, tools: brought } = plan;
    const previous = this.#exchange(what);
    const requestHash = modelRequestHash({ promptVersion, settings, tools, brought, previous, added });
    const from = parent.find({ path, nodeId, requestHash });
    if (!from) return path;
    const outputFile = isEnding(from.outcome) ? outputFileOf(this.#walk) : null;
    const accepts =
      from.outcome.kind === 'accepted'
        ? { accepts: { path: answersAt, stored: this.textAt(answersAt) } }
        : undefined;
    return { kind: 'reused', path, nodeId, from, outputFile, ...accepts };
  }

  /** What somebody said of the same answer. */
  #takePerson({ path, of }: PersonStep): TakenStep | string {
    const { task, parent } = this.#walk;
    const { nodeId } = task;
    const from = parent.find({ path, nodeId, requestHash: feedbackHash(this.textAt(of)) });
    if (!from) return path;
    if (from.outcome.kind !== 'accepted') return { kind: 'reused', path, nodeId, from, outputFile: null };
    const accepts = { path: of, stored: this.textAt(of) };
    return { kind: 'reused', path, nodeId, from, outputFile: outputFileOf(this.#walk), accepts };
  }

  #exchange({ previousPath, toolPaths }: ThinkWhat): Exchange | null {
    if (previousPath === null) return null;
    return { ...this.#at(previousPath), results: toolPaths.map((path) => this.#at(path).response.text) };
  }

  /** The result of a tool call, from a person or from the parent. */
  #takeTool({ path, askedBy, index }: ToolStep): TakenStep | string {
    const { plan, task, parent, edits } = this.#walk;
    const { nodeId } = task;
    const call = this.#at(askedBy).response.toolCalls[index];
    if (!call) throw new Error(`${askedBy} did not ask for tool ${index}`);
    const { tool, arguments: given } = call;
    const version = findToolIn(plan.tools, tool)?.version ?? null;
    const requestHash = toolRequestHash({ tool, version, given });
    const place = { path, nodeId, outputFile: null };
    const edit = { kind: 'edited', ...place, requestHash, isEmpty: false, isAnswer: false } as const;
    const said = edits.byPath.get(path);
    const instead = said && parent.of(nodeId).find((step) => step.path === path);
    if (said && instead?.requestHash === requestHash) return { ...edit, text: said.text };
    const from = parent.find({ path, nodeId, requestHash });
    if (!from) return path;
    return from.isEdited
      ? { ...edit, text: textOf({ kind: 'reused', ...place, from }) }
      : { kind: 'reused', ...place, from };
  }
}
