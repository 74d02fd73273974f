import type { AgentNode, CrewGraph } from '#workflows/graph/schema.ts';
import type { TaskMarker } from '../crewai/marker.ts';
import { contextOf } from '../crewai/readTask.ts';
import type { WrittenTask } from './WrittenCrew.ts';
import { knownTools, type Words } from './writeAgent.ts';
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
  if (words.process === 'sequential' && async !== data.async) {
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
  const keysOf = (ids: readonly string[]) => ids.flatMap((each) => words.keys.get(each) ?? []);
  return {
    key,
    data: { ...data, outputFile },
    async,
    agent: agent && words.keys.get(agent.id),
    tools: knownTools(data.tools),
    context: context && keysOf(context),
    marker: markerOf(drawn, words.process, keysOf),
  };
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
    process === 'sequential' &&
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
