import type { FinishedTask } from './activities.ts';
import { outputOf } from './closing.ts';
import { nodeKey } from './names.ts';
import { nodeAt, nodesOf } from './plan.ts';
import type { Run } from './Run.ts';

export interface WholeBlock {
  readonly scope: string;
  readonly blockId: string;
}

/** An item or a round that is whole is one entry: long maps and loops are carried on in few bytes. */
export function fold(
  { plan, ended }: Pick<Run, 'plan' | 'ended'>,
  { scope, blockId }: WholeBlock,
): FinishedTask {
  const output = outputOf(plan, ended, { scope, blockId });
  const whole = { path: output ?? '', isEmpty: output === null };
  // Maps, loops and crews in it have put away what was theirs when they ended.
  for (const index of nodesOf(plan, blockId)) delete ended[nodeKey(scope, nodeAt(plan, index)?.nodeId ?? '')];
  ended[scope] = whole;
  return whole;
}

/** What had ended inside is asked of the ledger again, should it be done again. */
export function forget({ ended }: Pick<Run, 'ended'>, scope: string): void {
  for (const key of Object.keys(ended)) if (key.startsWith(`${scope}/`)) delete ended[key];
}
