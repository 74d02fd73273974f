import type { WrittenCrew } from '#api/interchange/export/WrittenCrew.ts';
import type { Loaded } from './CrewAi.ts';

/** In which ways what CrewAI loaded is another crew than was written, as sentences. */
export function compareLoaded(crew: WrittenCrew, loaded: Loaded): string[] {
  const agents = new Map(crew.agents.map((agent) => [agent.key, agent]));
  const places = new Map(crew.tasks.map(({ key }, place) => [key, place]));
  const expected: Loaded = {
    name: crew.name,
    tasks: crew.tasks.map(({ data, agent: key, tools, async, context }) => {
      const agent = agents.get(key ?? '');
      if (!agent) throw new Error('A task has no agent');
      const { role, goal, backstory, maxIterations, temperature, maxTokens } = agent.data;
      return {
        description: data.description,
        expectedOutput: data.expectedOutput,
        async,
        markdown: data.markdown,
        outputFile: data.outputFile,
        // CrewAI copies an agent’s tools to its tasks.
        tools: [...(tools.length > 0 ? tools : agent.tools)],
        context: context ? context.map((each) => places.get(each) ?? -1) : null,
        agent: { role, goal, backstory, maxIterations, temperature, maxTokens },
      };
    }),
  };
  return differences(expected, loaded, '');
}

function differences(a: unknown, b: unknown, path: string): string[] {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return Object.is(a, b) ? [] : [`${path}: ${JSON.stringify(b)} instead of ${JSON.stringify(a)}`];
  }
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) => differences(Reflect.get(a, key), Reflect.get(b, key), `${path}.${key}`));
}
