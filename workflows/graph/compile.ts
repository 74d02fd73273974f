import { blocksOf } from './blocks.ts';
import { canonicalJson } from './canonicalJson.ts';
import { crewAgents, managerOf } from './crewAgents.ts';
import { MANAGER_ID } from './crewSkills.ts';
import { findInputs } from './inputs.ts';
import { controlOf, linesOf, placeOf, taskOf } from './planNodes.ts';
import {
  PLAN_VERSION,
  type Plan,
  type PlanControl,
  type PlanTask,
  type PlanTool,
  PROMPT_VERSION,
} from './planSchema.ts';
import type { CrewGraph } from './schema.ts';
import { readTaskGraph } from './taskGraph.ts';
import { topologicalOrder } from './topologicalOrder.ts';
import { findWaits } from './waits.ts';

export interface CompileOptions {
  /** For agents that name no model. */
  readonly defaultModel: string;
  /** Tools beside the catalogue's; those that the crew uses are frozen in the plan. */
  readonly tools?: readonly PlanTool[];
}

/**
 * The plan of a graph without errors: what `validateGraph` would refuse is a fault of the caller here.
 * Equal graphs make equal plans, wherever they are drawn.
 */
export function compileGraph(graph: CrewGraph, { defaultModel, tools = [] }: CompileOptions): Plan {
  const inner = new Set([...blocksOf(graph).values()].filter((block) => block !== null));
  const ids = graph.nodes.flatMap(({ id }) => (inner.has(id) ? [id] : []));
  const blocks = [null, ...ids].map((block) => compileBlock(graph, block, defaultModel));
  const tasks = blocks.flatMap((block) => block.tasks);
  const controls = blocks.flatMap((block) => block.controls);
  const agents = crewAgents(graph, tasks, defaultModel);
  const used = new Set([...tasks, ...agents].flatMap((one) => one.tools ?? []));
  const brought = tools.filter(({ name }) => used.has(name));
  return {
    version: PLAN_VERSION,
    promptVersion: PROMPT_VERSION,
    process: graph.process,
    ...(graph.settings ? { settings: graph.settings } : {}),
    inputs: findInputs(graph),
    agents,
    tasks,
    ...(brought.length > 0 ? { tools: brought } : {}),
    ...(controls.length > 0 ? { controls, blocks: blocks.map(({ id, nodeIds }) => ({ id, nodeIds })) } : {}),
  };
}

/** One text for one plan, whatever order its fields were written in: what a content hash is taken of. */
export const canonicalPlan = (plan: Plan): string => canonicalJson(plan);

interface CompiledBlock {
  readonly id: string | null;
  readonly nodeIds: readonly string[] & string[];
  readonly tasks: PlanTask[];
  readonly controls: PlanControl[];
}

function compileBlock(graph: CrewGraph, id: string | null, defaultModel: string): CompiledBlock {
  const taskGraph = readTaskGraph(graph, id);
  const { order, unordered } = topologicalOrder(taskGraph.after);
  if (unordered.length > 0) throw new Error('Cannot compile a graph whose tasks wait for each other');
  const nodeIds = order.map((number) => taskGraph.tasks[number]?.id ?? '');
  const manager = managerOf(graph, defaultModel) ? (graph.settings?.managerAgent ?? MANAGER_ID) : null;
  const lines = linesOf(graph, nodeIds);
  const [tasks, controls]: [PlanTask[], PlanControl[]] = [[], []];
  for (const entry of findWaits(graph.process, taskGraph, order)) {
    const node = taskGraph.tasks[entry.number];
    if (!node) throw new Error('The order names a node that is not there');
    const place = placeOf({ lines, node, block: id, entry, nodeIds });
    if (node.kind !== 'task') controls.push(controlOf(node, place, defaultModel));
    else tasks.push(taskOf({ graph, node, place, assigned: taskGraph.agents[entry.number] ?? [], manager }));
  }
  return { id, nodeIds, tasks, controls };
}
