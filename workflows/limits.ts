import type { Plan } from './graph/planSchema.ts';

/** How much a simulation may do. Counted in the ledger, where sub-crews and retries by Temporal meet. */
export interface Limits {
  readonly modelSteps: number;
  readonly toolSteps: number;
  /** At which it pauses and asks. */
  readonly tokens?: number;
  /** Longest time in which something is in flight. */
  readonly wallMs?: number;
}

/** Of one step: what holds for its kind. */
export interface StepLimits {
  readonly steps: number;
  readonly tokens?: number;
}

/** However small a crew: an agent may take many turns. However large: what comes to more is a mistake. */
const FEWEST = 1_000;
const MOST = 100_000;
const MINUTE_MS = 60_000;

/**
 * What the crew's settings say; else a turn of the model for each round of tools that its tasks may take, in all items
 * and rounds: more than four times its steps, so that nothing sensible meets it and nothing endless goes on for long.
 */
export function limitsOf(plan: Pick<Plan, 'tasks' | 'controls' | 'settings'>): Limits {
  const { modelCalls, toolCalls, tokens, wallMinutes } = plan.settings?.limits ?? {};
  const usual = Math.min(MOST, Math.max(FEWEST, turnsOf(plan)));
  return {
    modelSteps: modelCalls ?? usual,
    toolSteps: toolCalls ?? usual,
    ...(tokens !== undefined && { tokens }),
    ...(wallMinutes !== undefined && { wallMs: wallMinutes * MINUTE_MS }),
  };
}

function turnsOf({ tasks, controls = [] }: Pick<Plan, 'tasks' | 'controls'>): number {
  const blocks = new Map(controls.map((control) => [control.nodeId, control]));
  const timesOf = (id: string | undefined): number => {
    const block = id === undefined ? undefined : blocks.get(id);
    if (!block) return 1;
    const times = block.kind === 'map' ? block.maxItems : block.kind === 'loop' ? block.maxRounds : 1;
    return Math.min(MOST, times * timesOf(block.blockId));
  };
  return tasks.reduce(
    (sum, { blockId, maxIterations }) => sum + timesOf(blockId) * Math.max(4, maxIterations + 1),
    0,
  );
}
