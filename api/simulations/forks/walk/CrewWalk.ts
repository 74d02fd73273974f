import { answerKey } from '#workflows/answerKeys.ts';
import { nodesOfBlock, type Plan } from '#workflows/graph/planSchema.ts';
import type { RuleValues } from '#workflows/graph/ruleValues.ts';
import { nodeKey } from '#workflows/names.ts';
import { nodesOf, type PlanNode } from '../../../database/ledger/reuse/neighbours.ts';
import type { ParentSteps } from '../../../database/ledger/reuse/ParentSteps.ts';
import { isSilent } from '../../../database/ledger/reuse/settledTasks.ts';
import type { TakenStep } from '../../../database/ledger/reuse/TakenStep.ts';
import type { Edits } from '../../../database/ledger/reuse/walkTask.ts';
import type { StoredText } from '../../../database/ledger/stored.ts';
import { type PreviewedStep, presentAnew, presentTaken } from '../presentPreviewed.ts';
import { CrewPlanner } from './CrewPlanner.ts';
import { countUnknown } from './countUnknown.ts';
import { type Answered, type End, unknown } from './Ends.ts';
import type { ReadState } from './ReadState.ts';
import { placeholdersIn, type ScopeValues, speaksOfOpen } from './ScopeValues.ts';
import type { Texts } from './Texts.ts';
import { walkControl } from './walkControl.ts';
import { walkInnerTask } from './walkInnerTask.ts';

/** What all crews of a fork share. */
export interface ForkWalk {
  readonly parent: ParentSteps;
  /** The parent's, which its forks have too. */
  readonly clock: Date;
  readonly edits: Edits;
  readonly texts: Texts;
  readonly state: ReadState;
  readonly loadPlan: (crewVersionId: string) => Promise<Plan | null>;
  /** Steps of the fork, in the order in which they were come to. */
  readonly counted: CountedStep[];
}

export interface CountedStep extends PreviewedStep {
  readonly crew: CrewWalk;
  /** What placeholders stand for where it is done; absent where that is not known. */
  readonly inputs?: ReadonlyMap<string, string>;
}

/** Where nodes are done, and what is given there. */
export interface WalkPlace {
  readonly scope: string;
  /** The map or loop whose inside it is; null: the crew itself. */
  readonly blockId: string | null;
  readonly values: ScopeValues;
}

export interface ReadAnswers {
  readonly answers: ReadonlyMap<string, StoredText>;
  readonly leftOut: ReadonlySet<string>;
  readonly isKnown: boolean;
}

const NOTHING: StoredText = { text: '' };

/**
 * Goes through a crew as its fork will, inside maps, loops and crews too, on the parent's steps: what is asked again in
 * the same words is taken over, and decisions are made as far as what they look at is known. What is not known counts as
 * run anew. Counts, and changes nothing.
 */
export class CrewWalk {
  readonly fork: ForkWalk;
  readonly plan: Plan;
  /** Of the crew itself. */
  readonly scope: string;
  readonly planner: CrewPlanner;
  readonly #nodes: ReadonlyMap<string, PlanNode>;
  readonly #ends: Map<string, End>;

  constructor(
    fork: ForkWalk,
    crew: Pick<CrewWalk, 'plan' | 'scope'>,
    ends: ReadonlyMap<string, End> = new Map(),
  ) {
    this.fork = fork;
    this.plan = crew.plan;
    this.scope = crew.scope;
    this.planner = new CrewPlanner(this);
    this.#nodes = nodesOf(crew.plan);
    this.#ends = new Map(ends);
  }

  /** What comes of a block: its last answer that is not empty; null when that is not known. */
  async walkBlock(place: WalkPlace): Promise<Answered | null> {
    const ids = nodesOfBlock(this.plan, place.blockId);
    for (const id of ids) {
      const node = this.#nodes.get(id);
      if (node) await this.#walkNode(node, place);
    }
    for (const id of ids.toReversed()) {
      const [node, end] = [this.#nodes.get(id), this.#ends.get(nodeKey(place.scope, id))];
      if (!node || end?.kind === 'skipped' || ('kind' in node && isSilent(node))) continue;
      if (end?.kind !== 'answered') return null;
      if ((await this.fork.texts.of(end.text)).trim() !== '') return end;
    }
    return { kind: 'answered', text: NOTHING, isEmpty: true };
  }

  async #walkNode(node: PlanNode, place: WalkPlace): Promise<void> {
    const key = nodeKey(place.scope, node.nodeId);
    if (this.#ends.has(key)) return;
    const isOnTheWay = this.#isOnTheWay(node, place.scope);
    if (isOnTheWay === false) {
      this.#ends.set(key, { kind: 'skipped', reason: 'branch' });
      return;
    }
    this.#ends.set(
      key,
      isOnTheWay === null ? await this.unknown(node, place, true) : await this.#walk(node, place),
    );
  }

  #walk(node: PlanNode, place: WalkPlace): Promise<End> {
    const isCrew = 'kind' in node && node.kind === 'crew';
    if (!isCrew && speaksOfOpen(this.plan, node, place.values)) return this.unknown(node, place, false);
    return 'kind' in node ? walkControl(this, node, place) : walkInnerTask(this, node, place);
  }

  /** Null when it is not known. */
  #isOnTheWay({ branches, follows = [] }: PlanNode, scope: string): boolean | null {
    const endOf = (id: string) => this.#ends.get(nodeKey(scope, id));
    if (branches) {
      const ends = branches.map(({ from, outcome }) => ({ end: endOf(from), outcome }));
      if (ends.some(({ end, outcome }) => end?.kind === 'answered' && end.outcome === outcome)) return true;
      return ends.some(({ end }) => end?.kind === 'unknown') ? null : false;
    }
    if (follows.length === 0) return true;
    const ends = follows.map(endOf);
    const isSurely = (end: End | undefined) =>
      end?.kind === 'unknown' ? !end.mayBeLeftOut : end?.kind !== 'skipped' || end.reason !== 'branch';
    if (ends.some(isSurely)) return true;
    return ends.some((end) => end?.kind === 'unknown') ? null : false;
  }

  /** Answers that are read in a scope. */
  read(scope: string, ids: readonly string[]): ReadAnswers {
    const answers = new Map<string, StoredText>();
    const leftOut = new Set<string>();
    let isKnown = true;
    for (const id of ids) {
      const end = this.#ends.get(answerKey(this.plan, scope, id));
      if (end?.kind === 'answered') answers.set(id, end.text);
      else if (end?.kind !== 'skipped') isKnown = false;
      else if (end.reason === 'branch') leftOut.add(id);
      else answers.set(id, NOTHING);
    }
    return { answers, leftOut, isKnown };
  }

  /** What rules look at in a scope; null when it is not known. */
  async ruleValues({ scope, values }: WalkPlace, ids: readonly string[]): Promise<RuleValues | null> {
    const { answers, isKnown } = this.read(scope, ids);
    if (!isKnown) return null;
    const texts = await this.fork.texts.all([...answers.values()]);
    return { ...values.known, answers: new Map([...answers.keys()].map((id, at) => [id, texts[at] ?? ''])) };
  }

  /** A crew in this one. */
  within(crew: Pick<CrewWalk, 'plan' | 'scope'>): CrewWalk {
    return new CrewWalk(this.fork, crew);
  }

  take(step: TakenStep): void {
    this.fork.counted.push({ ...presentTaken(step), crew: this });
  }

  /** A step that is done anew: as it was in the parent, where it was done. */
  anew(path: string, nodeId: string, values: ScopeValues): void {
    const before = this.fork.parent.of(nodeId).find((step) => step.path === path);
    const inputs = placeholdersIn(values);
    const step = presentAnew(before ?? { path, nodeId });
    this.fork.counted.push({ ...step, crew: this, ...(inputs && { inputs }) });
  }

  /** All that was done below a path in the parent is done anew, or may be. How many steps that are. */
  anewUnder(prefix: string, values: ScopeValues, but: ReadonlySet<string> = new Set()): number {
    const left = this.fork.parent
      .under(prefix)
      .filter(({ path, kind }) => kind !== 'decision' && !but.has(path));
    for (const { path, nodeId } of left) this.anew(path, nodeId, values);
    return left.length;
  }

  /** A node of which it is not known what it asks, or whether it is come to. */
  async unknown(node: PlanNode, place: WalkPlace, mayBeLeftOut: boolean): Promise<End> {
    await countUnknown(this, node, place);
    return unknown(mayBeLeftOut);
  }

  /** What nodes of the crew itself answered, by id. */
  answers(): ReadonlyMap<string, StoredText> {
    return new Map(
      nodesOfBlock(this.plan, null).flatMap((id) => {
        const end = this.#ends.get(nodeKey(this.scope, id));
        return end?.kind === 'answered' ? [[id, end.text] as const] : [];
      }),
    );
  }
}
