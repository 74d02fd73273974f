import { drawCrew } from '#workflows/graph/draw.ts';
import type { OutputSchema } from '#workflows/graph/nodes/task.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';

/** Long enough for a small model to finish its sentence, short enough to end when it does not. */
const LONGEST_ANSWER = 300;

/** What a model of 135 million parameters can do when the schema is told in words: some object with something in it. */
const ANY_OBJECT: OutputSchema = { type: 'object', minProperties: 1 };
/** What it does only where its server holds it to the schema. */
const CARD: OutputSchema = {
  type: 'object',
  properties: { title: { type: 'string' }, legs: { type: 'integer' } },
  required: ['title', 'legs'],
  additionalProperties: false,
};

export interface RealCrew {
  readonly graph: CrewGraph;
  /** Of the tasks whose answers must be JSON, by their ids. */
  readonly schemas: Readonly<Record<string, OutputSchema>>;
}

/** Three tasks in a row: one in words by an agent with a tool, two whose answers are JSON. */
export function crewFor(model: string, { isHeld }: { isHeld: boolean }): RealCrew {
  const schema = isHeld ? CARD : ANY_OBJECT;
  const graph = drawCrew({
    agents: [
      {
        id: 'writer',
        name: 'Writer',
        role: 'Writer',
        goal: 'Answer in few words',
        backstory: 'You write short texts about animals.',
        model,
        maxTokens: LONGEST_ANSWER,
        maxIterations: 3,
      },
    ],
    tasks: [
      {
        id: 'describe',
        name: 'Describe',
        agent: 'writer',
        description: 'Describe a cat in two short sentences. Say how many legs it has.',
        expectedOutput: 'Two short sentences.',
        tools: ['calculator'],
      },
      {
        id: 'first',
        name: 'First card',
        agent: 'writer',
        description: 'Write about the animal as JSON, like {"title": "Rex", "legs": 4}.',
        expectedOutput: 'A JSON object.',
        reads: ['describe'],
        outputSchema: schema,
      },
      {
        id: 'second',
        name: 'Second card',
        agent: 'writer',
        description: 'Write about another animal as JSON, like {"title": "Rex", "legs": 4}.',
        expectedOutput: 'A JSON object.',
        reads: ['first'],
        outputSchema: schema,
      },
    ],
  });
  return { graph, schemas: { first: schema, second: schema } };
}
