import type { SketchedTask } from '#workflows/graph/draw.ts';
import { TaskData } from '#workflows/graph/nodes/task.ts';
import { titleFrom } from '../title.ts';
import { type Entry, flag, names, parseEntry, short, text, warn, warnOfOthers } from './entries.ts';
import { MARKER, type MarkedOrder, taskMarkerOf } from './marker.ts';
import { toolsFrom } from './names.ts';
import { TASK_EXTRA_NAMES, taskExtras } from './taskExtras.ts';

/** Names that fields use, and the ids of their nodes. */
export type Ids = ReadonlyMap<string, string>;

export interface CrewIds {
  readonly agents: Ids;
  readonly tasks: Ids;
}

export interface ReadTask {
  readonly task: SketchedTask;
  /** How our export marked it, when nobody has changed what it speaks of. */
  readonly marked: MarkedOrder | undefined;
}

const FIELDS: ReadonlySet<string> = new Set([
  'name',
  'description',
  'expected_output',
  'agent',
  'context',
  'tools',
  'async_execution',
  'markdown',
  'output_file',
  ...TASK_EXTRA_NAMES,
  MARKER,
]);

export function readTask(entry: Entry, key: string, ids: CrewIds & { readonly own: string }): ReadTask {
  const context = names(entry, 'context');
  const { name, order, written, own } = taskMarkerOf(entry);
  const reads = readsOf(entry, context ?? [], ids.tasks).filter((id) => id !== ids.own);
  const data = parseEntry(entry, TaskData, {
    ...own,
    ...taskExtras(entry),
    name: name ?? taskName(text(entry, 'name'), key),
    description: text(entry, 'description'),
    expectedOutput: text(entry, 'expected_output'),
    ...toolsFrom(entry, own?.toolOptions),
    async: flag(entry, 'async_execution'),
    context: contextOf(context, reads),
    markdown: flag(entry, 'markdown'),
    outputFile: text(entry, 'output_file').trim() || null,
  });
  warnOfOthers(entry, FIELDS);
  const isAsWritten = written?.async === data.async && sameList(written.context, context ?? null);
  return {
    task: { id: ids.own, ...data, agent: agentOf(entry, ids.agents), reads },
    marked: isAsWritten ? order : undefined,
  };
}

export const taskName = (name: string, key: string): string =>
  name.trim() || titleFrom(key).replace(/(?<=\S) task$/i, '');

/** An empty list is CrewAI’s way to say that a task reads nothing; a missing one means everything before it. */
export const contextOf = (
  context: readonly string[] | undefined,
  reads: readonly string[],
): TaskData['context'] => (context === undefined || reads.length > 0 ? 'auto' : 'none');

function readsOf(entry: Entry, context: readonly string[], ids: Ids): string[] {
  const found = context.flatMap((key) => {
    const id = ids.get(key);
    if (id === undefined) warn(entry, 'context', `There is no task “${short(key)}” to read.`);
    return id ?? [];
  });
  return [...new Set(found)];
}

function agentOf(entry: Entry, ids: Ids): string | undefined {
  const key = text(entry, 'agent').trim();
  const id = ids.get(key);
  if (key !== '' && id === undefined) warn(entry, 'agent', `There is no agent “${short(key)}”.`);
  return id;
}

function sameList(a: readonly string[] | null, b: readonly string[] | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((item, place) => item === b[place]);
}
