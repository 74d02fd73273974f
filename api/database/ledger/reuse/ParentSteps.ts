import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { StepOutcome } from '#workflows/activities.ts';
import type { StoredResponse } from '../stored.ts';
import type { ForkRule } from './ForkRule.ts';

/** A finished step of the parent, without its texts. */
export interface ParentStep {
  readonly path: string;
  readonly nodeId: string;
  readonly kind: 'model' | 'tool';
  readonly requestHash: string;
  readonly response: StoredResponse;
  readonly outcome: StepOutcome;
  readonly costMicros: number | null;
  readonly inputTokens: number | null;
}

/** The parent's finished steps, found by what was asked: those that the fork may take over, and all for their costs. */
export class ParentSteps {
  readonly all: readonly ParentStep[];
  readonly #byRequest = new Map<string, ParentStep[]>();

  constructor(all: readonly ParentStep[], usable: (step: ParentStep) => boolean) {
    this.all = all;
    for (const step of all) {
      if (!usable(step)) continue;
      const key = keyOf(step);
      const same = this.#byRequest.get(key);
      if (same) same.push(step);
      else this.#byRequest.set(key, [step]);
    }
  }

  /** The same request of the same node: at the same place if there is one, else anywhere in the node. */
  find(wanted: { path: string; nodeId: string; requestHash: string }): ParentStep | undefined {
    const same = this.#byRequest.get(keyOf(wanted));
    return same?.find(({ path }) => path === wanted.path) ?? same?.[0];
  }
}

const keyOf = ({ nodeId, requestHash }: { nodeId: string; requestHash: string }) =>
  `${nodeId}/${requestHash}`;

/** Reads the parent's finished steps in one query. */
export async function loadParentSteps(
  database: Sequelize,
  transaction: Transaction,
  { parentId, untilSeq, rerun }: ForkRule,
): Promise<ParentSteps> {
  const rows = await database.query<ParentStep & { seq: number }>(
    `select steps.path, node_id as "nodeId", kind, request_hash as "requestHash", response, outcome,
       cost_micros as "costMicros", input_tokens as "inputTokens", events.seq
     from steps join events on events.simulation_id = steps.simulation_id and events.key = steps.path || '!'
     where steps.simulation_id = $1 and state = 'completed'
     order by steps.path`,
    { bind: [parentId], transaction, type: QueryTypes.SELECT },
  );
  const anew = new Set(rerun);
  const ended = new Map(rows.map(({ path, seq }) => [path, seq]));
  return new ParentSteps(
    rows,
    ({ path }) => !anew.has(path) && (ended.get(path) ?? Number.POSITIVE_INFINITY) <= untilSeq,
  );
}
