import { drawCrew, type SketchedAgent, type SketchedTask } from '#workflows/graph/draw.ts';
import type { CrewGraph, Process } from '#workflows/graph/schema.ts';
import type { CrewSettings } from '#workflows/graph/settings.ts';
import type { Skill } from '#workflows/graph/skill.ts';
import { answerOf } from './languageReplies.ts';

const writer: SketchedAgent = {
  id: 'writer',
  name: 'Writer',
  role: 'Writer',
  goal: 'Write it.',
  backstory: 'You write.',
  model: 'openai/gpt-4.1-mini',
};
const editor: SketchedAgent = { ...writer, id: 'editor', name: 'Editor', role: 'Editor', goal: 'Better it.' };

const task = (id: string, rest: Partial<SketchedTask> = {}): SketchedTask => ({
  id,
  name: id,
  agent: 'writer',
  description: `Do [${id}].`,
  expectedOutput: 'A sentence.',
  ...rest,
});

/** Each says where it is told, in the words by which readings are found. */
const skill = (name: string, always?: true): Skill => ({
  name,
  description: `For whom ${answerOf(`${name}_list`)}`,
  instructions: `Say this: ${answerOf(`${name}_text`)}`,
  ...(always && { always }),
});

const CARD = {
  type: 'object',
  properties: { title: { type: 'string' }, legs: { type: 'integer' } },
  required: ['title', 'legs'],
  additionalProperties: false,
};

export interface LanguageCrew {
  readonly name: string;
  readonly graph: CrewGraph;
  /** In what CrewAI does otherwise, on purpose. */
  readonly otherwise?: string;
}

interface Parts {
  readonly agents?: readonly SketchedAgent[];
  readonly tasks: readonly SketchedTask[];
  readonly process?: Process;
  readonly settings?: CrewSettings;
}

function crew(name: string, { agents = [writer], tasks, process, settings }: Parts): LanguageCrew {
  const graph = drawCrew({ agents, tasks, ...(process && { process }) });
  return { name, graph: { ...graph, ...(settings && { settings }) } };
}

const judged = { kind: 'model', instruction: 'It names an animal.' } as const;

/** A crew for each thing that the language has besides agents and tasks in a row. */
export const languageCrews: readonly LanguageCrew[] = [
  crew('structured output', { tasks: [task('one', { outputSchema: CARD }), task('two')] }),
  crew('structured output beside tools', {
    agents: [{ ...writer, tools: ['calculator'] }],
    tasks: [task('one', { outputSchema: CARD }), task('two')],
  }),
  {
    ...crew('structured output that is no JSON at first', {
      agents: [{ ...writer, tools: ['calculator'] }],
      tasks: [task('prose', { outputSchema: CARD }), task('two')],
    }),
    otherwise: 'what comes after reads the JSON here, and there the text that it was made of',
  },
  crew('guardrail that holds', { tasks: [task('one', { guardrails: [judged] }), task('two')] }),
  crew('guardrail that refuses once', { tasks: [task('refused', { guardrails: [judged] }), task('two')] }),
  crew('two guardrails', { tasks: [task('one', { guardrails: [judged, judged] })] }),
  crew('hierarchical with a made manager', {
    process: 'hierarchical',
    agents: [writer, editor],
    tasks: [task('delegated'), task('two', { agent: 'editor' })],
    settings: { managerModel: 'openai/gpt-4.1' },
  }),
  crew('agents that may delegate', {
    agents: [{ ...writer, allowDelegation: true }, editor],
    tasks: [task('delegated'), task('two')],
  }),
  crew('planned crew', { tasks: [task('one'), task('two')], settings: { planning: true } }),
  crew('async tasks with context', {
    tasks: [
      task('one'),
      task('two', { async: true, reads: ['one'] }),
      task('three', { async: true, reads: ['one'] }),
      task('four', { reads: ['two', 'three'] }),
    ],
    agents: [writer],
  }),
  crew('no context', { tasks: [task('one'), task('two', { context: 'none' }), task('three')] }),
  crew('Markdown, date and limits', {
    agents: [{ ...writer, injectDate: true, maxRpm: 100, maxExecutionSeconds: 300, maxTokens: 500 }],
    tasks: [task('one', { markdown: true }), task('two')],
  }),
  crew('templates', {
    agents: [
      {
        ...writer,
        systemTemplate: 'SYS {{ .System }}',
        promptTemplate: 'ASK {{ .Prompt }}',
        responseTemplate: 'SAY {{ .Response }} END',
      },
    ],
    tasks: [task('one'), task('two')],
  }),
  crew('no system prompt', { agents: [{ ...writer, useSystemPrompt: false }], tasks: [task('one')] }),
  crew('rounds of tools used up', {
    agents: [{ ...writer, tools: ['calculator'], maxIterations: 2 }],
    tasks: [task('endless'), task('two')],
  }),
  crew('skills of agent and crew', {
    agents: [{ ...writer, tools: ['calculator'], skills: [skill('cite'), skill('brief', true)] }, editor],
    tasks: [task('skilled'), task('two', { agent: 'editor' })],
    settings: { skills: [skill('style'), skill('cite'), skill('manners', true)] },
  }),
  crew('skills and a manager', {
    process: 'hierarchical',
    agents: [{ ...writer, skills: [skill('cite')] }, editor],
    tasks: [task('skilled'), task('two')],
    settings: { skills: [skill('style')], managerModel: 'openai/gpt-4.1' },
  }),
  crew('several tools of one answer', {
    agents: [{ ...writer, tools: ['calculator', 'current_time'] }],
    tasks: [task('both'), task('two')],
  }),
];
