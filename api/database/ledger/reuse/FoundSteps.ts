import type { ThinkWhat } from '#workflows/activities.ts';
import type { TurnStep } from '#workflows/Course.ts';
import { LOAD_SKILL } from '#workflows/catalogue/skillTools.ts';
import { findToolIn } from '#workflows/catalogue/tools.ts';
import { skillsOf } from '#workflows/graph/crewSkills.ts';
import { feedbackHash } from '../questions/feedbackQuestion.ts';
import { callState, type Exchange, modelRequestHash, toolRequestHash } from '../requestHash.ts';
import { answerChecks } from '../requests/answerChecks.ts';
import { composeRequest } from '../requests/composeRequest.ts';
import { skillState } from '../skillState.ts';
import type { StoredResponse, StoredText } from '../stored.ts';
import { outputFileOf } from './outputFileOf.ts';
import type { ParentStep } from './ParentSteps.ts';
import { asEdit, type EditedStep, isEnding, type TakenStep, textOf } from './TakenStep.ts';
import type { WalkTask } from './walkTask.ts';

type ThinkStep = Extract<TurnStep, { kind: 'think' }>;
type ToolStep = Extract<TurnStep, { kind: 'tool' }>;
type PersonStep = Extract<TurnStep, { kind: 'person' }>;
type AskedStep = ThinkStep | ToolStep | PersonStep;

interface Known {
  readonly requestHash: string;
  readonly response: StoredResponse;
}

/** Steps that were found so far, by path. */
export type KnownSteps = Map<string, Known>;

/** Steps of one task that a fork has already, each found by what is asked in it now. */
export class FoundSteps {
  readonly #walk: WalkTask;
  readonly #known: KnownSteps;

  /** `known` is shared with those to whom work is handed on. */
  constructor(walk: WalkTask, known: KnownSteps = new Map()) {
    this.#walk = walk;
    this.#known = known;
  }

  /** The step from the parent, or in a person's words; its path when it has to be done. */
  take(step: TurnStep): TakenStep | string {
    // What is looked up depends on what is known now: it is found when it is claimed, and so is what comes after.
    if (step.kind === 'lookUp' || step.kind === 'remember') return step.path;
    // What was handed on is in words, which nobody reads here. It is found when it is claimed.
    if (step.by || (step.kind === 'tool' && step.answeredAt !== undefined)) return step.path;
    return this.takeAsked(step);
  }

  /** Also of work that was handed on, for those who have read its words. `state`: versions of what a tool reads. */
  takeAsked(step: AskedStep, state?: unknown): TakenStep | string {
    const taken = this.#find(step, state);
    if (typeof taken === 'string') return taken;
    this.keep(taken);
    return taken;
  }

  /** Later steps may speak of it. */
  keep(taken: TakenStep): void {
    const response: StoredResponse =
      taken.kind === 'reused'
        ? taken.from.response
        : { text: taken.text, toolCalls: [], finishReason: 'edited' };
    const requestHash = taken.kind === 'reused' ? taken.from.requestHash : taken.requestHash;
    this.#known.set(taken.path, { requestHash, response });
  }

  #find(step: AskedStep, state: unknown): TakenStep | string {
    if (step.kind === 'think') return this.#takeThink(step);
    return step.kind === 'person' ? this.#takePerson(step) : this.#takeTool(step, state);
  }

  /** Arguments of a call that a model asked for, as they are stored. */
  callAt(path: string, index: number): StoredText | undefined {
    return this.#at(path).response.toolCalls[index]?.arguments;
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
    const checks = answerChecks({ ...this.#walk, what });
    const requestHash = modelRequestHash({
      promptVersion,
      settings,
      tools,
      brought,
      previous,
      added,
      checks,
    });
    const from = parent.find({ path, nodeId, requestHash });
    const said = this.#saidInside(path, requestHash, from);
    if (said) return said;
    if (!from) return path;
    const outputFile = isEnding(from.outcome) ? outputFileOf(this.#walk) : null;
    const accepts =
      from.outcome.kind === 'accepted'
        ? { accepts: { path: answersAt, stored: this.textAt(answersAt) } }
        : undefined;
    return { kind: 'reused', path, nodeId, from, outputFile, ...accepts };
  }

  /**
   * Inside maps, loops and crews a person's words count where the same is asked at the same place. In the crew itself
   * they have ended their task before anything is asked.
   */
  #saidInside(path: string, requestHash: string, from: ParentStep | undefined): EditedStep | null {
    const { task, parent, edits, scope } = this.#walk;
    const { nodeId } = task;
    if (scope === undefined) return null;
    const given = edits.byPath.get(path);
    const isAsked =
      given && parent.of(nodeId).some((step) => step.path === path && step.requestHash === requestHash);
    const said = isAsked ? given : from?.isEdited ? asEdit(from) : null;
    if (!said) return null;
    const { text, isEmpty } = said;
    const outputFile = outputFileOf(this.#walk);
    return { kind: 'edited', path, nodeId, outputFile, text, isEmpty, requestHash, isAnswer: true };
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
  #takeTool(step: ToolStep, read: unknown): TakenStep | string {
    const { path, askedBy, index } = step;
    const { plan, task, agent, parent, edits } = this.#walk;
    const { nodeId } = task;
    const call = this.#at(askedBy).response.toolCalls[index];
    if (!call) throw new Error(`${askedBy} did not ask for tool ${index}`);
    const { tool, arguments: given } = call;
    const isLoading = tool === LOAD_SKILL && task.tools.includes(tool);
    const state = callState(step, {
      read: isLoading ? skillState(skillsOf(plan, agent)) : read,
      checks: answerChecks(this.#walk),
    });
    const version = findToolIn(plan.tools, tool)?.version ?? null;
    const requestHash = toolRequestHash({ tool, version, given, state });
    const place = { path, nodeId, outputFile: null };
    const edit = { kind: 'edited', ...place, requestHash, isEmpty: false, isAnswer: false } as const;
    const said = edits.byPath.get(path);
    const instead = said && parent.of(nodeId).find((step) => step.path === path);
    if (said && instead?.requestHash === requestHash) return { ...edit, text: said.text };
    const from = parent.find({ path, nodeId, requestHash });
    if (!from) return path;
    return from.isEdited
      ? { ...edit, text: textOf({ kind: 'reused', ...place, from }) }
      : {
          kind: 'reused',
          ...place,
          outputFile: isEnding(from.outcome) ? outputFileOf(this.#walk) : null,
          from,
        };
  }
}
