import { speaksSchema } from '#workflows/catalogue/structuredOutput.ts';
import { fillPlaceholders } from '#workflows/graph/inputs.ts';
import type { Ask } from '#workflows/prompts/asks.ts';
import { judgePrompt, VERDICT_SCHEMA } from '#workflows/prompts/judgePrompt.ts';
import { orderedSchema } from '#workflows/prompts/orderedSchema.ts';
import { repairPrompt } from '#workflows/prompts/repairPrompt.ts';
import { pieceOf, summaryPrompt } from '#workflows/prompts/summaryPrompt.ts';
import type { PromptMessage } from '#workflows/prompts/taskPrompt.ts';
import type { ComposedRequest, Composing, RequestSettings } from './Composing.ts';
import { modelsOf } from './modelsOf.ts';
import { storePrompt } from './storePrompt.ts';

/** A question beside the conversation with an agent: to its model unless it names another, as the provider sets it. */
export function composeAsk(composing: Composing, ask: Ask): ComposedRequest {
  const { messages, schema, models = modelsOf(composing.agent) } = question(composing, ask);
  const isNative = schema && models.every((model) => speaksSchema(model, schema));
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

interface Question {
  readonly messages: readonly PromptMessage[];
  readonly schema?: RequestSettings['schema'];
  readonly models?: RequestSettings['models'];
}

function question(composing: Composing, ask: Ask): Question {
  const { task, inputs } = composing;
  const fill = (text: string) => fillPlaceholders(text, inputs);
  switch (ask.kind) {
    case 'judge': {
      const guardrail = task.guardrails?.[ask.guardrail];
      if (guardrail?.kind !== 'model') throw new Error(`Guardrail ${ask.guardrail} is not judged by a model`);
      const expected = task.expectedOutput && `\nExpected: ${fill(task.expectedOutput)}`;
      const messages = judgePrompt({
        instruction: fill(guardrail.instruction),
        task: `${fill(task.description)}${expected}`,
        of: ask.of,
      });
      const model = guardrail.model?.trim();
      return { messages, schema: VERDICT_SCHEMA, ...(model && { models: [model] }) };
    }
    case 'repair': {
      const { outputSchema: schema } = task;
      if (!schema) throw new Error('There is no schema to repair an answer by');
      return { messages: repairPrompt(schema, ask.of), schema };
    }
    case 'summary': {
      const { chunk, chunks } = ask;
      const text = pieceOf(composing.conversation ?? missing(ask.of), chunk, chunks);
      return { messages: summaryPrompt({ text, chunk, chunks }) };
    }
    default:
      throw new Error(`Nobody asks for ${ask.kind} here`);
  }
}

function missing(path: string): never {
  throw new Error(`The conversation of ${path} is not known here`);
}
