import { written } from '#workflows/graph/crewAgents.ts';
import type { TaskData } from '#workflows/graph/nodes/task.ts';
import type { AgentNode, CrewGraph } from '#workflows/graph/schema.ts';
import { TASK_ATTRIBUTES, writeAttributes } from '../crewai/attributes.ts';
import type { TaskMarker } from '../crewai/marker.ts';
import { contextOf } from '../crewai/readTask.ts';
import { pydanticModel, type WrittenModel } from './pydanticModel.ts';
import type { Fields, WrittenTask } from './WrittenCrew.ts';
import { knownTools, noWord, type Words } from './writeAgent.ts';
import type { OrderedTask } from './writeOrder.ts';

/** A task in CrewAI’s order, and the lines that lead to it here. */
interface DrawnTask extends OrderedTask {
  readonly agent: AgentNode | undefined;
  /** Ids of the tasks it reads. */
  readonly reads: readonly string[];
  /** Ids of the tasks it only comes after. */
  readonly after: readonly string[];
}

export function writeTask(drawn: DrawnTask, words: Words): WrittenTask {
  const { task, agent, async, context } = drawn;
  const { id, data } = task;
  const key = words.keys.get(id) ?? id;
  if (words.process !== 'parallel' && async !== data.async) {
    words.warnings.push({
      nodeId: id,
      key: `tasks.${key}.async_execution`,
      message:
        'CrewAI does not let this task run beside those before it (it waits for one of them, has the agent of one, or ' +
        'is the last of them), so there it comes after them.',
    });
  }
  const outputFile = fileName(data.outputFile);
  if (outputFile !== null && !hasPlainBraces(outputFile)) {
    words.warnings.push({
      nodeId: id,
      key: `tasks.${key}.output_file`,
      message: 'CrewAI refuses a file name with braces around anything but the name of an input.',
    });
  }
  const model = data.outputSchema && pydanticModel(data.outputSchema, modelName(key));
  const keysOf = (ids: readonly string[]) => ids.flatMap((each) => words.keys.get(each) ?? []);
  return {
    key,
    data: { ...data, outputFile },
    async,
    agent: agent && words.keys.get(agent.id),
    tools: knownTools(data.tools),
    context: context && keysOf(context),
    fields: fieldsOf(data),
    ...(model && { model }),
    marker: { ...markerOf(drawn, words.process, keysOf), ...ownOf(drawn, { key, model }, words) },
  };
}

/** `write_report` answers with a `WriteReportOutput`. */
const modelName = (key: string): string =>
  `${key
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}Output`;

/** Sentences are guardrails of CrewAI’s; rules are Python there. */
const isSentence = (guardrails: TaskData['guardrails']): boolean =>
  guardrails?.every((each) => each.kind === 'model' && each.model === undefined) ?? true;

function fieldsOf(data: TaskData): Fields {
  const sentences = isSentence(data.guardrails)
    ? (data.guardrails ?? []).flatMap((each) => (each.kind === 'model' ? [each.instruction] : []))
    : [];
  return [
    ...writeAttributes(data, TASK_ATTRIBUTES),
    ...(sentences.length === 0 ? [] : [['guardrails', sentences] as const]),
  ];
}

/** What CrewAI has no word for, or only Python. */
function ownOf(
  { task: { id, data } }: DrawnTask,
  { key, model }: { readonly key: string; readonly model: WrittenModel | undefined },
  { warnings }: Words,
): Pick<TaskMarker, 'own'> {
  const own = {
    ...written(data, ['condition', 'callback', 'toolOptions']),
    ...(model ? {} : written(data, ['outputSchema'])),
    ...(isSentence(data.guardrails) ? {} : written(data, ['guardrails'])),
  };
  // A tool is told in crew.py how it may be used.
  for (const field of Object.keys(own).filter((each) => each !== 'toolOptions'))
    warnings.push(noWord(id, `tasks.${key}.${field}`));
  return Object.keys(own).length === 0 ? {} : { own };
}

/** CrewAI would write to the root of somebody’s disk; here a slash at the start means nothing. */
const fileName = (name: string | null): string | null => name?.trim().replace(/^\/+/, '') || null;

/** CrewAI’s own check: whatever comes after a brace, up to the closing one, must be a name. */
const hasPlainBraces = (name: string): boolean =>
  name
    .split('{')
    .slice(1)
    .every((part) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(part.split('}', 1)[0] ?? ''));

/** What an import would take otherwise for what was drawn. */
function markerOf(
  { task: { data }, async, context, reads, after }: DrawnTask,
  process: Words['process'],
  keysOf: (ids: readonly string[]) => string[],
): TaskMarker {
  const isTold =
    process !== 'parallel' &&
    async === data.async &&
    after.length === 0 &&
    contextOf(context, context ?? []) === data.context &&
    String(context ?? []) === String(reads);
  if (isTold) return {};
  return {
    order: { process, async: data.async, context: data.context, reads: keysOf(reads), after: keysOf(after) },
    written: { async, context: context ? keysOf(context) : null },
  };
}

/** Ids of the tasks that each task only comes after. */
export function nextOf({ nodes, edges }: CrewGraph): ReadonlyMap<string, readonly string[]> {
  const tasks = new Set(nodes.flatMap((node) => (node.kind === 'task' ? [node.id] : [])));
  const next = new Map<string, Set<string>>();
  for (const { kind, from, to } of edges) {
    if (kind !== 'next' || from === to || !tasks.has(from)) continue;
    next.set(to, (next.get(to) ?? new Set()).add(from));
  }
  return new Map([...next].map(([id, ids]) => [id, [...ids]]));
}
