import type { StepOutcome } from '#workflows/activities.ts';
import type { StepKind } from '#workflows/graph/eventSchema.ts';
import { nodeKey } from '#workflows/names.ts';
import { type AnyTransaction, type PreparedStatement, runPrepared } from '../../prepared.ts';
import type { StoredResponse } from '../stored.ts';
import type { ForkRule } from './ForkRule.ts';
import { firstGeneration, readStepPath } from './stepPath.ts';

/** A finished step of the parent, without its texts. */
export interface ParentStep {
  readonly path: string;
  readonly nodeId: string;
  readonly kind: StepKind;
  readonly model: string | null;
  readonly tool: string | null;
  readonly requestHash: string;
  readonly response: StoredResponse;
  readonly outcome: StepOutcome;
  /** A person said it, in the parent or before. */
  readonly isEdited: boolean;
  readonly inputTokens: number | null;
  /** First words of the answer, from its event. */
  readonly preview: string;
  /** Of the event that says it ended. */
  readonly seq: number;
}

type Exceptions = Pick<ForkRule, 'untilSeq' | 'saidUntilSeq' | 'rerun' | 'rerunTasks'>;

/** The parent's finished steps, found by what was asked: those that the fork may take over, and all for their costs. */
export class ParentSteps {
  readonly #byNode = new Map<string, ParentStep[]>();
  readonly #byTask = new Map<string, ParentStep[]>();
  readonly #byRequest = new Map<string, ParentStep[]>();
  readonly #rerun: ReadonlySet<string>;
  readonly #rerunTasks: ReadonlySet<string>;
  readonly #untilSeq: number;
  readonly #saidUntilSeq: number;
  /** By node in its scope, of those that are beyond their first. */
  readonly #generations = new Map<string, number>();

  constructor(all: readonly ParentStep[], exceptions: Exceptions) {
    const { untilSeq, saidUntilSeq = untilSeq, rerun, rerunTasks = [] } = exceptions;
    this.#rerun = new Set(rerun);
    this.#rerunTasks = new Set(rerunTasks);
    this.#untilSeq = untilSeq;
    this.#saidUntilSeq = saidUntilSeq;
    for (const { path } of all) {
      const [node, generation] = generationOf(path);
      if (generation > (this.#generations.get(node) ?? 0)) this.#generations.set(node, generation);
    }
    for (const step of all) {
      push(this.#byNode, step.nodeId, step);
      push(this.#byTask, topNodeOf(step.path), step);
      if (this.isUsable(step)) push(this.#byRequest, keyOf(step), step);
    }
  }

  /** All that is finished of a task, whether the fork may take it over or not. */
  of(nodeId: string): readonly ParentStep[] {
    return this.#byNode.get(nodeId) ?? [];
  }

  /** All that is finished of a node of the crew itself and of what was done inside it, in the order in which it ended. */
  within(nodeId: string): readonly ParentStep[] {
    return this.#byTask.get(nodeId) ?? [];
  }

  /** All that is finished whose path begins so, in the order in which it ended. */
  under(prefix: string): readonly ParentStep[] {
    return this.within(topNodeOf(prefix)).filter(({ path }) => path.startsWith(prefix));
  }

  /** The same request of the same node: at the same place if there is one, else anywhere in the node. */
  find(wanted: { path: string; nodeId: string; requestHash: string }): ParentStep | undefined {
    if (this.#rerun.has(wanted.path)) return undefined;
    const same = this.#byRequest.get(keyOf(wanted));
    return same?.find(({ path }) => firstGeneration(path) === firstGeneration(wanted.path)) ?? same?.[0];
  }

  /** Whether a fork may take it over, if the same is asked. What a retry has done anew came to nothing. */
  isUsable({ path, nodeId, kind, seq }: ParentStep): boolean {
    const until = kind === 'person' ? this.#saidUntilSeq : this.#untilSeq;
    const [node, generation] = generationOf(path);
    const isLast = generation === (this.#generations.get(node) ?? 0);
    return seq <= until && isLast && !this.#rerun.has(path) && !this.#rerunTasks.has(nodeId);
  }
}

function generationOf(path: string): readonly [node: string, generation: number] {
  const { scope, nodeId, generation } = readStepPath(path) ?? { scope: '', nodeId: path, generation: 0 };
  return [nodeKey(scope, nodeId), generation];
}

const topNodeOf = (path: string): string => path.split('/', 2)[1] ?? '';

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

const keyOf = ({ nodeId, requestHash }: { nodeId: string; requestHash: string }) =>
  `${nodeId}/${requestHash}`;

type StepRow = Omit<ParentStep, 'preview' | 'seq'>;

interface EndRow {
  readonly path: string;
  readonly preview: string;
  readonly seq: number;
}

/** Reads the parent's finished steps in bulk, in the order in which they ended. */
export async function loadParentSteps(
  transaction: AnyTransaction,
  rule: Exceptions & Pick<ForkRule, 'parentId'>,
): Promise<ParentSteps> {
  const rows = await runPrepared<StepRow>(transaction, FINISHED, [rule.parentId]);
  const ends = await runPrepared<EndRow>(transaction, ENDS, [rule.parentId]);
  const steps = new Map(rows.map((row) => [row.path, row]));
  const ended = ends.flatMap(({ path, preview, seq }) => {
    const step = steps.get(path);
    return step ? [{ ...step, preview, seq }] : [];
  });
  return new ParentSteps(ended, rule);
}

// Two statements, put together here: joined by the event's key, which is made of the path, the planner sometimes
// compares each with each, and then 2,000 steps take 20 s.
const FINISHED: PreparedStatement = {
  name: 'parent.finished',
  text: `
select path, node_id as "nodeId", kind, model, tool, request_hash as "requestHash", response, outcome,
  is_edited as "isEdited", input_tokens as "inputTokens"
from steps where simulation_id = $1 and state = 'completed'`,
};

const ENDS: PreparedStatement = {
  name: 'parent.ends',
  text: `
select data ->> 'path' as path, data ->> 'preview' as preview, seq
from events where simulation_id = $1 and type in ('step.completed', 'step.reused')
order by seq`,
};
