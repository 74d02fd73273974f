import { drawCrew, type SketchedAgent, type SketchedTask } from '#workflows/graph/draw.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import type { CrewSettings } from '#workflows/graph/settings.ts';

export interface CrewParts {
  readonly agent?: Partial<SketchedAgent>;
  /** In order, each by the one agent, named `t1`, `t2`, ... */
  readonly tasks?: readonly Partial<SketchedTask>[];
  readonly settings?: CrewSettings;
}

/** A sequential crew of one agent, with what a test is about; the rest is plain. */
export function crewOf({ agent = {}, tasks = [{}], settings }: CrewParts): CrewGraph {
  const graph = drawCrew({
    agents: [
      { id: 'agent', name: 'Agent', role: 'Writer', goal: 'Write.', backstory: 'You write.', ...agent },
    ],
    tasks: tasks.map((task, index) => ({
      id: `t${index + 1}`,
      name: `T${index + 1}`,
      agent: 'agent',
      description: `Do t${index + 1}.`,
      expectedOutput: 'It.',
      ...task,
    })),
  });
  return { ...graph, ...(settings && { settings }) };
}
