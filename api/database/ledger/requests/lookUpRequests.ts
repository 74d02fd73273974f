import { fillPlaceholders } from '#workflows/graph/inputs.ts';
import type { PlanAgent, PlanTask } from '#workflows/graph/planSchema.ts';
import { extractionPrompt } from '#workflows/prompts/memoryPrompts.ts';

/** Embedding models read some pages at most, and what a task is about comes first. */
const MOST_QUERY = 4_000;

/**
 * What is looked up for a task: its own description. CrewAI has a model rewrite the prompt first, which costs a call a
 * task; an agent that wants to ask otherwise has the tools.
 */
export const lookUpQuery = (task: PlanTask, inputs: ReadonlyMap<string, string>): string =>
  fillPlaceholders(task.description, inputs).slice(0, MOST_QUERY);

export interface Remembering {
  readonly task: PlanTask;
  readonly agent: PlanAgent;
  readonly inputs: ReadonlyMap<string, string>;
}

/** What a model is asked that takes out of an answer what is worth knowing later. */
export function rememberPrompt({ task, agent, inputs }: Remembering) {
  const fill = (text: string) => fillPlaceholders(text, inputs);
  return extractionPrompt({
    task: fill(task.description),
    agent: fill(agent.role),
    expectedOutput: fill(task.expectedOutput),
  });
}
