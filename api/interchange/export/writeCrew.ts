import { TOOLS } from '#workflows/catalogue/tools.ts';
import { written } from '#workflows/graph/crewAgents.ts';
import { findInputs } from '#workflows/graph/inputs.ts';
import { KIND_WORDS } from '#workflows/graph/problems/problem.ts';
import { type CrewGraph, type GraphProblem, isControl } from '#workflows/graph/schema.ts';
import { readTaskGraph } from '#workflows/graph/taskGraph.ts';
import { validateGraph } from '#workflows/graph/validate.ts';
import { AppError } from '../../errors.ts';
import { CREW_ATTRIBUTES, writeAttributes } from '../crewai/attributes.ts';
import type { ExportWarning } from './ExportWarning.ts';
import { keysOf } from './keys.ts';
import { literalsOf } from './literals.ts';
import { writeSkills } from './skillFiles.ts';
import type { Fields, WrittenCrew } from './WrittenCrew.ts';
import { writeAgent } from './writeAgent.ts';
import { orderTasks } from './writeOrder.ts';
import { nextOf, writeTask } from './writeTask.ts';

export interface NamedCrew {
  readonly name: string;
  readonly description: string;
  readonly graph: CrewGraph;
}

/**
 * Puts a crew into the words of CrewAI. Says in `warnings` what those words cannot say, and what keeps the crew from
 * running. Throws `crew.problems` when its tasks cannot be put in an order.
 */
export function writeCrew({ name, description, graph }: NamedCrew): WrittenCrew {
  const problems = validateGraph(graph).filter(({ severity }) => severity === 'error');
  const taskGraph = readTaskGraph(graph);
  const ordered = orderTasks(graph, taskGraph);
  if (!ordered) {
    throw new AppError(
      'crew.problems',
      'Tasks of this crew wait for each other, so there is no order to export.',
      {
        problems,
      },
    );
  }
  const warnings: ExportWarning[] = problems.map(asWarning);
  const keys = keysOf(graph);
  const [words, next] = [{ keys, warnings, process: graph.process }, nextOf(graph)];
  const agents = [...taskGraph.nodes.values()].flatMap((node) =>
    node.kind === 'agent' ? [writeAgent(node, words)] : [],
  );
  const tasks = ordered.map((entry) => {
    const [agent] = taskGraph.agents[entry.number] ?? [];
    const reads = (taskGraph.reads[entry.number] ?? []).flatMap(
      (number) => taskGraph.tasks[number]?.id ?? [],
    );
    return writeTask({ ...entry, agent, reads, after: next.get(entry.task.id) ?? [] }, words);
  });
  const isParallel = graph.process === 'parallel';
  if (isParallel) warnings.push(noParallel(tasks.filter(({ async }) => async).length));
  const used = new Set([...agents, ...tasks].flatMap(({ tools }) => tools));
  const manager = graph.process === 'hierarchical' ? keys.get(graph.settings?.managerAgent ?? '') : undefined;
  warnings.push(...lostControls(graph), ...lostSettings(graph));
  const { skills, files } = writeSkills('skills/crew', graph.settings?.skills);
  return {
    name,
    description,
    agents,
    tasks,
    process: graph.process === 'hierarchical' ? 'hierarchical' : 'sequential',
    settings: [...settingsOf(graph), ...(skills.length > 0 ? [['skills', skills] as const] : [])],
    skillFiles: Object.assign({}, files, ...agents.map(({ skillFiles }) => skillFiles)),
    manager,
    isParallel,
    warnings,
    inputs: findInputs(graph),
    literals: literalsOf(graph),
    tools: TOOLS.flatMap((tool) => (used.has(tool.name) ? [tool.name] : [])),
  };
}

/** CrewAI wants a language model for a manager that nobody drew. */
const MANAGER_MODEL = 'openai/gpt-4.1-mini';

function settingsOf({ process, settings = {} }: CrewGraph): Fields {
  const needsModel = process === 'hierarchical' && settings.managerAgent === undefined;
  const managerModel = settings.managerModel ?? (needsModel ? MANAGER_MODEL : undefined);
  return [
    ...(managerModel === undefined ? [] : [['manager_llm', managerModel] as const]),
    ...writeAttributes(settings, CREW_ATTRIBUTES),
    ...(settings.planningModel === undefined ? [] : [['planning_llm', settings.planningModel] as const]),
  ];
}

const lostControls = ({ nodes }: CrewGraph): ExportWarning[] =>
  nodes.filter(isControl).map((node) => ({
    nodeId: node.id,
    key: `${node.kind}.${node.id}`,
    message: `A crew of CrewAI has no ${KIND_WORDS[node.kind]}: “${node.data.name}” was left out.`,
  }));

const lostSettings = ({ settings }: CrewGraph): ExportWarning[] =>
  Object.keys(written(settings ?? {}, ['limits', 'compat', 'knowledge'])).map((field) => ({
    nodeId: null,
    key: `crew.${field}`,
    message: 'CrewAI has no word for this, so it was left out.',
  }));

const asWarning = ({ nodeId, code, message }: GraphProblem): ExportWarning => ({
  nodeId,
  key: code,
  message: `${message}, so the exported crew will not run as it is.`,
});

const noParallel = (count: number): ExportWarning => ({
  nodeId: null,
  key: 'crew.process',
  message:
    `CrewAI has no parallel process: tasks are in a list, and ${count} of them run beside those that follow. ` +
    'What each reads is the same.',
});
