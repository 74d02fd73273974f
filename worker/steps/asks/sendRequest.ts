import { ApplicationFailure } from '@temporalio/common';
import type { Message } from '#api/database/ledger/conversation.ts';
import type { RequestSettings } from '#api/database/ledger/requests/Composing.ts';
import type { StepInput } from '#workflows/activities.ts';
import { findModel, splitModel } from '#workflows/catalogue/models.ts';
import { costMicros } from '#workflows/catalogue/prices.ts';
import type { ToolDeclaration } from '#workflows/catalogue/tools.ts';
import type { PlanTool } from '#workflows/graph/planSchema.ts';
import { offeredTools } from '#workflows/prompts/offeredTools.ts';
import { chunksOf } from '#workflows/prompts/summaryPrompt.ts';
import type { ModelAnswer, ModelRequest } from '../../models/ModelClient.ts';
import { toFailure } from '../../models/toFailure.ts';
import type { ThinkDependencies } from '../think.ts';
import type { Patience, Performed } from '../work.ts';
import { type Reading, readAnswer } from './readAnswer.ts';

export interface Sending {
  readonly step: StepInput;
  readonly model: string;
  readonly patience: Patience;
  readonly messages: readonly Message[];
  readonly tools: readonly string[];
  /** What the plan says of those that are not of the catalogue. */
  readonly brought: readonly PlanTool[] | undefined;
  readonly settings: RequestSettings;
  /** Its server may refuse the schema; then it is asked again without. */
  readonly isTrial: boolean;
  readonly io: { readonly signal: AbortSignal; readonly onDelta: (text: string) => void };
  readonly reading: Omit<Reading, 'answer'>;
  /** What no longer fits is summed up; otherwise the task fails. */
  readonly respectsWindow: boolean;
}

/** Asks the model, once. That it cannot take such a request is an outcome where the agent can go on all the same. */
export async function sendRequest(dependencies: ThinkDependencies, sending: Sending): Promise<Performed> {
  const { model, io, reading } = sending;
  const { provider, model: name } = splitModel(model) ?? { provider: 'unknown', model };
  try {
    const client = await dependencies.models.clientFor(sending.step, model);
    const answer = await client.stream(modelRequest(sending), {
      signal: io.signal,
      onDelta: (text) => io.onDelta(text),
    });
    return { ...readAnswer({ ...reading, answer }), ...usageOf(answer, model) };
  } catch (error) {
    return refusal(sending, toFailure(error, { provider, model: name }));
  }
}

function usageOf({ finishReason, usage }: ModelAnswer, model: string) {
  return {
    finishReason,
    inputTokens: usage?.inputTokens ?? null,
    outputTokens: usage?.outputTokens ?? null,
    costMicros: costMicros(model, usage) ?? null,
  };
}

function modelRequest({ model, messages, tools, brought, settings }: Sending): ModelRequest {
  const { temperature, maxTokens, topP, seed, stop, reasoningEffort, schema, inText } = settings;
  return {
    model: splitModel(model)?.model ?? model,
    messages,
    tools: inText ? [] : offeredTools(tools, { brought, roles: settings.coworkers }).map(declared),
    parameters: {
      ...(temperature !== null && { temperature }),
      ...(maxTokens !== null && { maxTokens }),
      ...(topP !== undefined && { topP }),
      ...(seed !== undefined && { seed }),
      ...(stop !== undefined && { stop }),
      ...(reasoningEffort !== undefined && { reasoningEffort }),
    },
    ...(schema && { schema }),
  };
}

const declared = ({ name, description, parameters }: ToolDeclaration): ModelRequest['tools'][number] => ({
  name,
  description,
  parameters,
});

/** Nothing came, and nothing was paid for. */
const NOTHING = { text: '', toolCalls: [], inputTokens: null, outputTokens: null, costMicros: 0 } as const;

function refusal(sending: Sending, error: Error): Performed {
  const { messages, model, patience, reading, respectsWindow, isTrial } = sending;
  const type = error instanceof ApplicationFailure ? error.type : undefined;
  if (type === 'model.badRequest' && isTrial)
    throw ApplicationFailure.create({ type, message: error.message, nextRetryDelay: '10ms' });
  if (patience.hasOtherModel) throw error;
  if (type === 'model.noTools' && !reading.what.inText)
    return { ...NOTHING, finishReason: 'no_tools', outcome: { kind: 'noTools' } };
  if (type !== 'model.contextTooLong') throw error;
  const { ask } = reading.what;
  if (!respectsWindow || (ask && ask.kind !== 'summary'))
    throw ApplicationFailure.nonRetryable(
      'The conversation no longer fits the model. Choose one with a larger context, or let it be summed up.',
      'context.tooLong',
    );
  const length = messages.reduce((sum, { content }) => sum + content.length, 0);
  const chunks = chunksOf(length, findModel(model)?.contextTokens);
  return { ...NOTHING, finishReason: 'too_long', outcome: { kind: 'tooLong', chunks } };
}
