import { z } from 'zod';
import { drawCrew } from '#workflows/graph/draw.ts';
import type { CrewGraph, Process } from '#workflows/graph/schema.ts';
import { plainJson } from '../crewai/jsoncFile.ts';
import type { CrewFiles } from '../export/CrewFiles.ts';
import { exportCrew } from '../exportCrew.ts';

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

const agent = { name: 'A', role: 'R', goal: 'G', backstory: 'B' };
export const agents = [{ id: 'a', ...agent }];
/** A task of the one agent. */
export const task = (id: string, rest: object = {}) => ({
  id,
  name: id,
  agent: 'a',
  description: id,
  expectedOutput: 'x',
  ...rest,
});

/** A crew in which every task has an agent of its own. */
export const crewOf = (
  tasks: readonly ReturnType<typeof task>[],
  process: Process = 'sequential',
): CrewGraph =>
  drawCrew({
    process,
    agents: tasks.map(({ id }) => ({ id: `by_${id}`, ...agent })),
    tasks: tasks.map((each) => ({ ...each, agent: `by_${each.id}` })),
  });
