import type { DoneBy, TurnStep } from '#workflows/Course.ts';
import { canonicalJson } from '#workflows/graph/canonicalJson.ts';
import { handedOn } from '#workflows/names.ts';
import { coworkerTask, type Order, readOrder } from '#workflows/prompts/coworkers.ts';
import { readingsOf } from '../../../database/knowledge/readingsOf.ts';
import { lookUpQuery, rememberPrompt } from '../../../database/ledger/requests/lookUpRequests.ts';
import { FoundSteps, type KnownSteps } from '../../../database/ledger/reuse/FoundSteps.ts';
import type { ParentStep } from '../../../database/ledger/reuse/ParentSteps.ts';
import type { TakenStep } from '../../../database/ledger/reuse/TakenStep.ts';
import type { WalkTask } from '../../../database/ledger/reuse/walkTask.ts';
import type { StoredText } from '../../../database/ledger/stored.ts';
import type { ReadState } from './ReadState.ts';
import type { Texts } from './Texts.ts';

export interface InnerStepsParts {
  readonly walk: WalkTask;
  readonly texts: Texts;
  readonly state: ReadState;
}

type LookUpStep = Extract<TurnStep, { kind: 'lookUp' }>;
type RememberStep = Extract<TurnStep, { kind: 'remember' }>;
type ToolStep = Extract<TurnStep, { kind: 'tool' }>;

/** Steps of a task that its fork has already, those included that are found by what texts and the database say. */
export class InnerSteps {
  readonly #parts: InnerStepsParts;
  readonly #known: KnownSteps = new Map();
  readonly #own: FoundSteps;
  readonly #coworkers = new Map<string, Promise<FoundSteps>>();

  constructor(parts: InnerStepsParts) {
    this.#parts = parts;
    this.#own = new FoundSteps(parts.walk, this.#known);
  }

  /** The step from the parent, or in a person's words; its path when it has to be done. */
  async take(step: TurnStep): Promise<TakenStep | string> {
    switch (step.kind) {
      case 'lookUp':
        return step.what === 'recall' ? this.#recall(step) : this.#searchKnowledge(step);
      case 'remember':
        return this.#remember(step);
      case 'person':
        return this.#own.takeAsked(step);
      case 'tool':
        return (await this.#foundBy(step.by)).takeAsked(step, await this.#stateOf(step));
      case 'think':
        if (!step.by && !this.#parts.walk.isKnown && beginsWithTask(step.what)) return step.path;
        return (await this.#foundBy(step.by)).takeAsked(step);
    }
  }

  answerAt(path: string): StoredText {
    return this.#own.textAt(path);
  }

  /** By whom a step is done: the task's own agent, or one that something was handed on to, in the words of the call. */
  #foundBy(by: DoneBy | undefined): Promise<FoundSteps> {
    if (!by) return Promise.resolve(this.#own);
    const known = this.#coworkers.get(by.scope) ?? this.#coworkerAt(by);
    this.#coworkers.set(by.scope, known);
    return known;
  }

  async #coworkerAt({ nodeId, scope }: DoneBy): Promise<FoundSteps> {
    const { walk } = this.#parts;
    const agent = walk.plan.agents.find((each) => each.nodeId === nodeId);
    if (!agent) throw new Error(`The plan has no agent ${nodeId}`);
    const order = await this.#orderAt(scope);
    const { crewPlan: _, leftOut: __, ...rest } = walk;
    const own = { ...rest, scope, agent, task: coworkerTask(agent, order), answers: new Map() };
    return new FoundSteps(order ? { ...own, order } : own, this.#known);
  }

  async #orderAt(scope: string): Promise<Order | undefined> {
    const asked = handedOn(scope);
    const given = asked && this.#own.callAt(asked.askedBy, asked.index);
    return given ? readOrder(await this.#parts.texts.of(given)) : undefined;
  }

  async #stateOf({ path, tool, answeredAt }: ToolStep): Promise<unknown> {
    if (answeredAt !== undefined) return { answer: this.#own.textAt(answeredAt) };
    return this.#parts.state.ofTool(path, tool);
  }

  #recall(step: LookUpStep): TakenStep | string {
    const { state } = this.#parts;
    return state.areMemoriesSame && this.#asksSame(step.path) ? this.#takeAt(step.path) : step.path;
  }

  async #searchKnowledge({ path }: LookUpStep): Promise<TakenStep | string> {
    const { walk, state } = this.#parts;
    const readings = readingsOf(walk.plan, walk.agent);
    const read = await Promise.all(
      readings.map(async ({ baseIds, limit, threshold }) => ({
        bases: await state.knowledge(baseIds),
        limit,
        threshold,
      })),
    );
    const isSame = canonicalJson(state.before(path)?.read ?? null) === canonicalJson(read);
    return isSame && this.#asksSame(path) ? this.#takeAt(path) : path;
  }

  #asksSame(path: string): boolean {
    const { walk, texts, state } = this.#parts;
    const query = texts.contents.add(lookUpQuery(walk.task, walk.inputs));
    return canonicalJson(state.before(path)?.given ?? null) === canonicalJson(query);
  }

  #remember({ path, answerPath }: RememberStep): TakenStep | string {
    const { walk, texts, state } = this.#parts;
    const { system, before, after } = rememberPrompt(walk);
    const [add, answer] = [(text: string) => texts.contents.add(text), this.#own.textAt(answerPath)];
    const added = [
      { role: 'system', parts: [add(system)] },
      { role: 'user', parts: [add(before), answer, add(after)] },
    ];
    const isSame = canonicalJson(state.before(path)?.added ?? null) === canonicalJson(added);
    return isSame && this.#stepAt(path)?.model === walk.agent.model ? this.#takeAt(path) : path;
  }

  #stepAt(path: string): ParentStep | undefined {
    const { parent, task } = this.#parts.walk;
    return parent.of(task.nodeId).find((step) => step.path === path);
  }

  #takeAt(path: string): TakenStep | string {
    const { parent, task } = this.#parts.walk;
    const from = this.#stepAt(path);
    if (!from || !parent.isUsable(from)) return path;
    const taken: TakenStep = { kind: 'reused', path, nodeId: task.nodeId, from, outputFile: null };
    this.#own.keep(taken);
    return taken;
  }
}

/** Then it tells what the task reads. */
const beginsWithTask = ({ previousPath, ask }: Extract<TurnStep, { kind: 'think' }>['what']): boolean =>
  previousPath === null && (ask === undefined || ask.kind === 'plan');
