import { drawCrew, type SketchedAgent, type SketchedTask } from '#workflows/graph/draw.ts';
import { AgentData } from '#workflows/graph/nodes/agent.ts';
import { TaskData } from '#workflows/graph/nodes/task.ts';
import { CrewGraph, GRAPH_LIMITS } from '#workflows/graph/schema.ts';
import type { ImportWarning } from '../../crews/schema.ts';
import { idMaker } from '../nodeIds.ts';
import { titleFrom } from '../title.ts';
import { unreadable } from '../unreadable.ts';
import {
  type Entry,
  entriesOf,
  flag,
  names,
  number,
  parseEntry,
  short,
  text,
  warn,
  warnOfOthers,
} from './entries.ts';
import { modelFrom, toolsFrom } from './names.ts';
import type { YamlMap } from './yamlFile.ts';

export interface YamlPair {
  readonly agentsFile: string;
  readonly agents: YamlMap;
  readonly tasksFile: string;
  readonly tasks: YamlMap;
}

/** Keys of a file and the ids their nodes get. */
type Ids = ReadonlyMap<string, string>;

/** A crew from the two files of a classic CrewAI project. Tasks come in the order of the file. */
export function graphFromYaml(pair: YamlPair, warnings: ImportWarning[]): CrewGraph {
  const makeId = idMaker();
  const agents = entriesOf(pair.agentsFile, 'agents', pair.agents, warnings);
  const tasks = entriesOf(pair.tasksFile, 'tasks', pair.tasks, warnings);
  const idsOf = (entries: ReadonlyMap<string, Entry>): Ids =>
    new Map([...entries.keys()].map((key) => [key, makeId(key)]));
  const agentIds = idsOf(agents);
  const taskIds = idsOf(tasks);
  const graph = drawCrew({
    agents: [...agents].map(([key, entry]) => agentFrom(entry, key, agentIds)),
    tasks: [...tasks].map(([key, entry]) => taskFrom(entry, key, { agentIds, taskIds })),
  });
  if (CrewGraph.safeParse(graph).success) return graph;
  const { nodes, edges } = GRAPH_LIMITS;
  throw unreadable(pair.tasksFile, `a crew has at most ${nodes} agents and tasks, and ${edges} lines`);
}

const AGENT_FIELDS: ReadonlySet<string> = new Set([
  'role',
  'goal',
  'backstory',
  'llm',
  'temperature',
  'max_tokens',
  'max_iter',
  'tools',
]);

function agentFrom(entry: Entry, key: string, ids: Ids): SketchedAgent {
  const llm = modelFrom(entry);
  const data = parseEntry(entry, AgentData, {
    name: titleFrom(key).replace(/(?<=\S) agent$/i, ''),
    role: text(entry, 'role'),
    goal: text(entry, 'goal'),
    backstory: text(entry, 'backstory'),
    model: llm.model,
    temperature: number(entry, 'temperature', { min: 0, max: 2 }) ?? llm.temperature,
    maxTokens: number(entry, 'max_tokens', { min: 1, max: 1_000_000, isWhole: true }) ?? llm.maxTokens,
    maxIterations: number(entry, 'max_iter', { min: 1, max: 500, isWhole: true }),
    tools: toolsFrom(entry),
  });
  warnOfOthers(entry, AGENT_FIELDS);
  return { id: ids.get(key) ?? key, ...data };
}

const TASK_FIELDS: ReadonlySet<string> = new Set([
  'name',
  'description',
  'expected_output',
  'agent',
  'context',
  'tools',
  'async_execution',
  'markdown',
  'output_file',
]);

interface CrewIds {
  readonly agentIds: Ids;
  readonly taskIds: Ids;
}

function taskFrom(entry: Entry, key: string, { agentIds, taskIds }: CrewIds): SketchedTask {
  const context = names(entry, 'context');
  const data = parseEntry(entry, TaskData, {
    name: text(entry, 'name').trim() || titleFrom(key).replace(/(?<=\S) task$/i, ''),
    description: text(entry, 'description'),
    expectedOutput: text(entry, 'expected_output'),
    tools: toolsFrom(entry),
    async: flag(entry, 'async_execution'),
    // An empty list is CrewAI's way to say that a task reads nothing; a missing one means everything before it.
    context: context ? 'none' : 'auto',
    markdown: flag(entry, 'markdown'),
    outputFile: text(entry, 'output_file').trim() || null,
  });
  warnOfOthers(entry, TASK_FIELDS);
  const reads = readsOf(entry, context ?? [], taskIds).filter((id) => id !== taskIds.get(key));
  return { id: taskIds.get(key) ?? key, ...data, agent: agentOf(entry, agentIds), reads };
}

function readsOf(entry: Entry, context: readonly string[], ids: Ids): string[] {
  return context.flatMap((key) => {
    const id = ids.get(key);
    if (id === undefined) warn(entry, 'context', `There is no task “${short(key)}” to read.`);
    return id ?? [];
  });
}

function agentOf(entry: Entry, ids: Ids): string | undefined {
  const key = text(entry, 'agent').trim();
  const id = ids.get(key);
  if (key !== '' && id === undefined) warn(entry, 'agent', `There is no agent “${short(key)}”.`);
  return id;
}
