import type { NewEvent } from '#workflows/graph/eventSchema.ts';
import { nodesOfBlock, type Plan } from '#workflows/graph/planSchema.ts';
import { nodeKey } from '#workflows/names.ts';
import type { AnyTransaction } from '../prepared.ts';
import { endedAnswers, type FinalAnswer } from './finalAnswers.ts';

export interface BlockAnswers {
  readonly simulationId: string;
  readonly plan: Plan;
  /** The map or loop whose inside is looked at; null: the crew itself. */
  readonly blockId: string | null;
  /** Where it was done: items, rounds or the crew. */
  readonly scopes: readonly string[];
  readonly riding?: readonly NewEvent[];
}

/** Keys that are asked for at once. */
const AT_ONCE = 4_000;

/**
 * What came of a block in each of its scopes, in their order: the last answer that is not empty, in the order of its
 * nodes; an empty text when there is none.
 */
export async function blockAnswers(
  transaction: AnyTransaction,
  { simulationId, plan, blockId, scopes, riding }: BlockAnswers,
): Promise<readonly FinalAnswer[]> {
  const nodeIds = nodesOfBlock(plan, blockId).toReversed();
  const keys = scopes.flatMap((scope) => nodeIds.map((nodeId) => nodeKey(scope, nodeId)));
  const ended = new Map<string, FinalAnswer | null>();
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const some = keys.slice(at, at + AT_ONCE);
    for (const entry of await endedAnswers(transaction, { simulationId, keys: some, riding }))
      ended.set(...entry);
  }
  return scopes.map((scope) => {
    for (const nodeId of nodeIds) {
      const answer = ended.get(nodeKey(scope, nodeId));
      if (answer && answer.text.trim() !== '' && !isSilent(plan, nodeId)) return answer;
    }
    return { stored: { text: '' }, text: '' };
  });
}

/** A router or a wait has an end, and no answer. */
const isSilent = (plan: Plan, nodeId: string): boolean =>
  plan.controls?.some(
    (control) => control.nodeId === nodeId && (control.kind === 'router' || control.kind === 'wait'),
  ) ?? false;
