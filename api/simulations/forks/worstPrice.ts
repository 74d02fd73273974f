import { costMicros, defaultMaxTokens } from '#workflows/catalogue/prices.ts';
import { nodesOfBlock, type Plan, type PlanAgent, type PlanTask } from '#workflows/graph/planSchema.ts';
import { taskPrompt } from '#workflows/prompts/taskPrompt.ts';
import { insideOf, nodesOf, type PlanNode } from '../../database/ledger/reuse/neighbours.ts';
import type { ParentSteps } from '../../database/ledger/reuse/ParentSteps.ts';
import { isSilent } from '../../database/ledger/reuse/settledTasks.ts';
import type { StoredText } from '../../database/ledger/stored.ts';

export interface WorstPrice {
  readonly plan: Plan;
  readonly inputs: ReadonlyMap<string, string>;
  readonly parent: ParentSteps;
  readonly anew: readonly {
    readonly path: string;
    readonly nodeId: string;
    readonly kind: string;
    /** What placeholders stand for where it is done, an item or a round among them; the crew's inputs unless said. */
    readonly inputs?: ReadonlyMap<string, string>;
  }[];
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
  const readBy = longestRead(options, agents);
  const tasks = new Map(plan.tasks.map((task) => [task.nodeId, task]));
  const costs = anew.map(({ path, nodeId, kind, inputs = options.inputs }) => {
    // Work that was handed on has the steps of the agent that it was handed to.
    const task = tasks.get(nodeId);
    const agent = agents.get(task?.agentId ?? nodeId);
    const step = parent.of(nodeId).find((one) => one.path === path);
    const [model, ...others] = modelsOf({ plan, agent, task, asked: step?.model });
    if (kind !== 'model' || model === undefined) return 0;
    const before = step?.inputTokens ?? 0;
    const isFirst = path.endsWith(`/${nodeId}/0/think.1`);
    const own = task && agent ? ownLength({ plan, task, agent, inputs }) : 0;
    const first = own + (readBy.get(nodeId) ?? 0);
    // A later turn reads what the tools gave back, which nobody knows: as much again as it read in the parent.
    const inputTokens = isFirst ? Math.max(first, before) : first + before;
    const outputTokens = agent ? longestAnswer(agent) : defaultMaxTokens(model);
    const prices = [model, ...others].map((each) => costMicros(each, { inputTokens, outputTokens }));
    return prices.reduce<number | null>(dearest, 0);
  });
  return costs.reduce<number | null>((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0);
}

interface Asking {
  readonly plan: Plan;
  readonly agent: PlanAgent | undefined;
  readonly task: PlanTask | undefined;
  /** In the parent. In a sub-crew, whose plan is not at hand, nothing else is known. */
  readonly asked: string | null | undefined;
}

/** Everybody who may be asked at a step of a task: its agent’s models, those that judge its answer, the planner’s. */
function modelsOf({ plan, agent, task, asked }: Asking): readonly string[] {
  const judges = (task?.guardrails ?? []).flatMap((each) =>
    each.kind === 'model' ? (each.model ?? []) : [],
  );
  const planner = plan.settings?.planning ? (plan.settings.planningModel ?? []) : [];
  const own = agent ? [agent.model, ...(agent.fallbackModels ?? [])] : (asked ?? []);
  return [...new Set([own, judges, planner].flat())].filter((model) => model.trim() !== '');
}

const dearest = (most: number | null, price: number | undefined): number | null =>
  most === null || price === undefined ? null : Math.max(most, price);

/** The most that each task can be told of other answers. Takes time in proportion to the plan. */
function longestRead(
  { plan, parent, answers, lengthOf }: WorstPrice,
  agents: ReadonlyMap<string, PlanAgent>,
): ReadonlyMap<string, number> {
  const nodes = nodesOf(plan);
  const lengths = new Map([...nodes].map(([id, node]) => [id, lengthOfAnswer(node)]));
  const longest = new Map<string, number>();
  for (const block of [null, ...(plan.controls ?? []).map(({ nodeId }) => nodeId)]) {
    // Of the first so many nodes together, for those that read all before them.
    const sums = [0];
    for (const id of nodesOfBlock(plan, block)) {
      const node = nodes.get(id);
      if (node && !('kind' in node)) longest.set(id, readLength(node, sums));
      sums.push((sums.at(-1) ?? 0) + (lengths.get(id) ?? 0) + DIVIDER);
    }
  }
  return longest;

  function readLength({ context }: PlanTask, sums: readonly number[]): number {
    return 'first' in context
      ? (sums[context.first] ?? 0)
      : context.tasks.reduce((sum, id) => sum + (lengths.get(id) ?? 0) + DIVIDER, 0);
  }

  function lengthOfAnswer(node: PlanNode): number {
    const answer = answers.get(node.nodeId);
    if (answer) return lengthOf(answer);
    if (!('kind' in node)) {
      const agent = agents.get(node.agentId);
      return agent ? longestAnswer(agent) : 0;
    }
    if (isSilent(node)) return 0;
    const inside = insideOf(plan, node.nodeId).flatMap((id) => nodes.get(id) ?? []);
    const each = Math.max(0, ...inside.map((inner) => ('kind' in inner ? 0 : lengthOfAnswer(inner))));
    return node.kind === 'map' ? each * Math.max(1, itemsOf(parent, node.nodeId)) : each;
  }
}

/** How many items a map had in the parent. */
const itemsOf = (parent: ParentSteps, mapId: string): number =>
  new Set(parent.within(mapId).flatMap(({ path }) => /\/item\.[^/]+/.exec(path)?.[0] ?? [])).size;

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
