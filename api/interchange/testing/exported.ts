import { z } from 'zod';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { plainJson } from '../crewai/jsoncFile.ts';
import { type CrewFiles, exportCrew } from '../exportCrew.ts';

export const fileOf = ({ files }: CrewFiles, end: string): string =>
  Object.entries(files).find(([path]) => path.endsWith(end))?.[1] ?? '';

const Tasks = z.object({
  tasks: z.array(
    z.object({
      name: z.string(),
      async_execution: z.boolean().default(false),
      context: z.array(z.string()).optional(),
    }),
  ),
});

/** Of each task its key, whether it runs beside what follows, and what it is told to read. */
export function orderOf(graph: CrewGraph): [string, boolean, string[] | undefined][] {
  const exported = exportCrew({ name: 'Order', description: '', graph }, 'crewai-json');
  const { tasks } = Tasks.parse(JSON.parse(plainJson(fileOf(exported, 'crew.jsonc'))));
  return tasks.map(({ name, async_execution: isAsync, context }) => [name, isAsync, context]);
}

export const agents = [{ id: 'a', name: 'A', role: 'R', goal: 'G', backstory: 'B' }];
/** A task of the one agent. */
export const task = (id: string, rest: object = {}) => ({
  id,
  name: id,
  agent: 'a',
  description: id,
  expectedOutput: 'x',
  ...rest,
});
