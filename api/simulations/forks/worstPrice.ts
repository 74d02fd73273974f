import { costMicros, defaultMaxTokens } from '#workflows/catalogue/prices.ts';
import type { Plan, PlanAgent, PlanTask } from '#workflows/graph/planSchema.ts';
import { thinkPath } from '#workflows/names.ts';
import { taskPrompt } from '#workflows/prompts/taskPrompt.ts';
import type { ParentSteps } from '../../database/ledger/reuse/ParentSteps.ts';
import type { StoredText } from '../../database/ledger/stored.ts';

export interface WorstPrice {
  readonly plan: Plan;
  readonly inputs: ReadonlyMap<string, string>;
  readonly parent: ParentSteps;
  readonly anew: readonly { readonly path: string; readonly nodeId: string; readonly kind: string }[];
  /** What is known already, by task. */
  readonly answers: ReadonlyMap<string, StoredText>;
  readonly lengthOf: (text: StoredText) => number;
}

/** Between two answers that are joined, as characters. */
const DIVIDER = 20;

/**
 * The most that steps can cost, in micro-dollars; null when the price of one is not known. As when a budget reserves,
 * a character counts as a token and every answer is as long as it may be, those included that others then read.
 */
export function worstPrice(options: WorstPrice): number | null {
  const { plan, parent, anew } = options;
  const agents = new Map(plan.agents.map((agent) => [agent.nodeId, agent]));
  const inputOf = longestInputs(options, agents);
  const tasks = new Map(plan.tasks.map((task) => [task.nodeId, task]));
  const costs = anew.map(({ path, nodeId, kind }) => {
    // Work that was handed on has the steps of the agent that it was handed to.
    const agent = agents.get(tasks.get(nodeId)?.agentId ?? nodeId);
    if (kind !== 'model' || !agent) return 0;
    const before = parent.of(nodeId).find((step) => step.path === path)?.inputTokens ?? 0;
    const isFirst = path === thinkPath(nodeId, 1);
    const first = inputOf.get(nodeId) ?? 0;
    // A later turn reads what the tools gave back, which nobody knows: as much again as it read in the parent.
    const inputTokens = isFirst ? Math.max(first, before) : first + before;
    return costMicros(agent.model, { inputTokens, outputTokens: longestAnswer(agent) }) ?? null;
  });
  return costs.reduce<number | null>((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0);
}

/** The most tokens that the first request of each task can have. Takes time in proportion to the plan. */
function longestInputs(
  { plan, inputs, answers, lengthOf }: WorstPrice,
  agents: ReadonlyMap<string, PlanAgent>,
): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>();
  const longest = new Map<string, number>();
  // Of the first so many tasks together, for those that read all before them.
  const sums = [0];
  for (const task of plan.tasks) {
    const agent = agents.get(task.agentId);
    const { context } = task;
    const read =
      'first' in context
        ? (sums[context.first] ?? 0)
        : context.tasks.reduce((sum, id) => sum + (lengths.get(id) ?? 0) + DIVIDER, 0);
    longest.set(task.nodeId, read + (agent ? ownLength({ plan, task, agent, inputs }) : 0));
    const answer = answers.get(task.nodeId);
    const length = answer ? lengthOf(answer) : agent ? longestAnswer(agent) : 0;
    lengths.set(task.nodeId, length);
    sums.push((sums.at(-1) ?? 0) + length + DIVIDER);
  }
  return longest;
}

const longestAnswer = ({ model, maxTokens }: PlanAgent): number => maxTokens ?? defaultMaxTokens(model);

interface Own {
  readonly plan: Plan;
  readonly task: PlanTask;
  readonly agent: PlanAgent;
  readonly inputs: ReadonlyMap<string, string>;
}

/** Characters of a task's own prompt, without what it reads, and with the sentence that introduces that. */
function ownLength({ plan, task, agent, inputs }: Own): number {
  const messages = taskPrompt({ plan, agent, task: { ...task, context: { tasks: [] } }, inputs });
  const texts = messages.flatMap(({ parts }) => parts.map((part) => ('text' in part ? part.text.length : 0)));
  return texts.reduce((sum, length) => sum + length, INTRODUCTION);
}

const INTRODUCTION = 60;
