import { MARKER, type TaskMarker } from '../crewai/marker.ts';
import { taskName } from '../crewai/readTask.ts';
import type { Fields, WrittenAgent, WrittenCrew, WrittenTask } from './WrittenCrew.ts';
import { flow, yamlText } from './yamlText.ts';

const INDENT = '  ';
const AGENTS_HEAD = '# Who works in the crew. CrewAI reads this file through crew.py.\n';
const TASKS_HEAD = '# What they do, in this order. CrewAI reads this file through crew.py.\n';
const MARKER_HEAD = `# Lines that begin with “${MARKER}:” are for importing into Troupe again; CrewAI passes over them.\n`;

export const agentsYaml = ({ agents }: WrittenCrew): string => file(AGENTS_HEAD, agents.map(agentEntry));

export const tasksYaml = ({ tasks }: WrittenCrew): string => file(TASKS_HEAD, tasks.map(taskEntry));

function file(head: string, entries: readonly string[]): string {
  const text = entries.join('\n');
  const isMarked = text.includes(`\n${INDENT}${MARKER}: `);
  return `${head}${isMarked ? MARKER_HEAD : ''}\n${text === '' ? '{}\n' : text}`;
}

function agentEntry(agent: WrittenAgent): string {
  const { key, data, model, marker, fields } = agent;
  return entry(key, [
    ['role', yamlText(data.role, INDENT)],
    ['goal', yamlText(data.goal, INDENT)],
    ['backstory', yamlText(data.backstory, INDENT)],
    ...optional('llm', hasParameters(agent) || model === '' ? undefined : flow(model)),
    ...optional(
      'max_iter',
      data.maxIterations === DEFAULT_ITERATIONS ? undefined : String(data.maxIterations),
    ),
    ...fields.map(asField),
    ...markerLine(marker),
  ]);
}

export const DEFAULT_ITERATIONS = 25;

/** A model with parameters is made in crew.py. */
export const hasParameters = ({ parameters }: WrittenAgent): boolean => parameters.length > 0;

const asField = ([name, value]: Fields[number]): Field => [
  name,
  typeof value === 'string' ? yamlText(value, INDENT) : flow(value),
];

function taskEntry({ key, data, agent, async, context, fields, marker }: WrittenTask): string {
  const name: TaskMarker = taskName(data.name, key) === data.name ? {} : { name: data.name };
  return entry(key, [
    ['name', flow(data.name)],
    ['description', yamlText(data.description, INDENT)],
    ['expected_output', yamlText(data.expectedOutput, INDENT)],
    ...optional('agent', agent),
    ...optional('context', context && `[${context.join(', ')}]`),
    ...optional('async_execution', async ? 'true' : undefined),
    ...optional('markdown', data.markdown ? 'true' : undefined),
    ...optional('output_file', data.outputFile === null ? undefined : flow(data.outputFile)),
    ...fields.map(asField),
    ...markerLine({ ...name, ...marker }),
  ]);
}

type Field = readonly [string, string];

const entry = (key: string, fields: readonly Field[]) =>
  `${key}:\n${fields.map(([field, value]) => `${INDENT}${field}: ${value}\n`).join('')}`;

const optional = (field: string, value: string | undefined): Field[] =>
  value === undefined ? [] : [[field, value]];

const markerLine = (marker: object): Field[] =>
  Object.keys(marker).length === 0 ? [] : [[MARKER, flow(marker)]];
