import { maySpeakSchema, speaksSchema } from '#workflows/catalogue/structuredOutput.ts';
import { fillPlaceholders } from '#workflows/graph/inputs.ts';
import type { Ask } from '#workflows/prompts/asks.ts';
import { CREW_PLAN_SCHEMA, crewPlanPrompt } from '#workflows/prompts/crewPlanPrompt.ts';
import { judgePrompt, VERDICT_SCHEMA } from '#workflows/prompts/judgePrompt.ts';
import { orderedSchema } from '#workflows/prompts/orderedSchema.ts';
import { OBSERVATION_SCHEMA, observePrompt, PLAN_SCHEMA, planWords } from '#workflows/prompts/planPrompt.ts';
import { repairPrompt } from '#workflows/prompts/repairPrompt.ts';
import { pieceOf, summaryPrompt } from '#workflows/prompts/summaryPrompt.ts';
import { type PromptMessage, taskPrompt } from '#workflows/prompts/taskPrompt.ts';
import type { ComposedRequest, Composing, RequestSettings } from './Composing.ts';
import { modelsOf } from './modelsOf.ts';
import { storePrompt } from './storePrompt.ts';

/** A question beside the conversation with an agent: to its model unless it names another, as the provider sets it. */
export function composeAsk(composing: Composing, ask: Ask): ComposedRequest {
  const { messages, schema, models = modelsOf(composing.agent) } = question(composing, ask);
  // Words have not helped where an answer is repaired: then it is worth asking servers that nobody knows.
  const isHeld = (model: string, to: object) =>
    speaksSchema(model, { ...to }) || (ask.kind === 'repair' && maySpeakSchema(model));
  const isNative = schema && models.every((model) => isHeld(model, schema));
  return {
    added: storePrompt(messages, composing),
    tools: [],
    settings: {
      models,
      temperature: null,
      maxTokens: null,
      ...(isNative && { schema: orderedSchema(schema) }),
    },
  };
}

/** CrewAI's max_steps. */
const MOST_STEPS = 20;

interface Question {
  readonly messages: readonly PromptMessage[];
  readonly schema?: RequestSettings['schema'];
  readonly models?: RequestSettings['models'];
}

function question(composing: Composing, ask: Ask): Question {
  const { task, agent, inputs } = composing;
  const fill = (text: string) => fillPlaceholders(text, inputs);
  const expected = task.expectedOutput && `\nExpected: ${fill(task.expectedOutput)}`;
  const taskInWords = `${fill(task.description)}${expected}`;
  switch (ask.kind) {
    case 'judge': {
      const guardrail = task.guardrails?.[ask.guardrail];
      if (guardrail?.kind !== 'model') throw new Error(`Guardrail ${ask.guardrail} is not judged by a model`);
      const messages = judgePrompt({
        instruction: fill(guardrail.instruction),
        task: taskInWords,
        of: ask.of,
      });
      const model = guardrail.model?.trim();
      return { messages, schema: VERDICT_SCHEMA, ...(model && { models: [model] }) };
    }
    case 'repair': {
      const { outputSchema: schema } = task;
      if (!schema) throw new Error('There is no schema to repair an answer by');
      return { messages: repairPrompt(schema, ask), schema };
    }
    case 'summary': {
      const { chunk, chunks } = ask;
      const text = pieceOf(composing.conversation ?? missing(ask.of), chunk, chunks);
      return { messages: summaryPrompt({ text, chunk, chunks }) };
    }
    case 'plan': {
      const { before, results } = ask;
      const maxSteps = agent.planning?.maxSteps ?? MOST_STEPS;
      const more = planWords({ maxSteps, tools: task.tools, before, results });
      const { plan, clock, leftOut, crewPlan } = composing;
      // The plan is what is told here; the schema of the answer comes later.
      const bare = { ...task, outputSchema: undefined };
      const prompt = { plan, agent, task: bare, inputs, clock, leftOut, crewPlan, more };
      return { messages: taskPrompt(prompt), schema: PLAN_SCHEMA };
    }
    case 'observe': {
      const { plan, step, of } = ask;
      return { messages: observePrompt({ task: taskInWords, plan, step, of }), schema: OBSERVATION_SCHEMA };
    }
    case 'crewPlan': {
      const model = composing.plan.settings?.planningModel?.trim();
      const messages = crewPlanPrompt(composing.plan, inputs);
      return { messages, schema: CREW_PLAN_SCHEMA, ...(model && { models: [model] }) };
    }
  }
}

function missing(path: string): never {
  throw new Error(`The conversation of ${path} is not known here`);
}
