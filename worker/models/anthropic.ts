import Anthropic from '@anthropic-ai/sdk';
import type {
  ContentBlockParam,
  MessageCreateParamsStreaming,
  MessageParam,
  OutputConfig,
} from '@anthropic-ai/sdk/resources/messages';
import { reasons } from '#workflows/catalogue/models.ts';
import { defaultMaxTokens } from '#workflows/catalogue/prices.ts';
import { readableArguments } from './AnswerBuilder.ts';
import type { CallWatch } from './CallWatch.ts';
import { type ClientOptions, callProvider, SDK_OPTIONS } from './callProvider.ts';
import { EventReader } from './EventReader.ts';
import type { ModelAnswer, ModelClient, ModelMessage, ModelRequest, StreamOptions } from './ModelClient.ts';
import { BROKE_OFF, ModelFault, NOT_AN_ANSWER } from './ModelFault.ts';

const OFFICIAL_HOST = 'api.anthropic.com';
// The last version of the API that knows sampling parameters; the SDK's own, 2026-10-21, answers them with 400.
const SAMPLING_VERSION = '2023-06-01';

/** The Messages API, streamed. */
export class AnthropicClient implements ModelClient {
  readonly #options: ClientOptions;
  readonly #isOfficial: boolean;
  readonly #sdk: Anthropic;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#isOfficial = !options.baseUrl || new URL(options.baseUrl).hostname === OFFICIAL_HOST;
    this.#sdk = new Anthropic({
      apiKey: options.apiKey,
      // The SDK sends a bearer token, which servers that imitate the older API do not look for.
      ...(!this.#isOfficial && { defaultHeaders: { 'x-api-key': options.apiKey } }),
      baseURL: options.baseUrl ?? `https://${OFFICIAL_HOST}`,
      ...SDK_OPTIONS,
    });
  }

  stream(request: ModelRequest, { signal, onDelta }: StreamOptions): Promise<ModelAnswer> {
    const title = this.#isOfficial ? 'Anthropic' : 'The model server';
    const call = { provider: 'anthropic', title, request, signal, options: this.#options } as const;
    return callProvider(call, (watch) => this.#receive(request, watch, onDelta));
  }

  async #receive(
    request: ModelRequest,
    watch: CallWatch,
    onDelta: StreamOptions['onDelta'],
  ): Promise<ModelAnswer> {
    const sampling = samplingFor(request);
    const params: MessageCreateParamsStreaming = { ...paramsFor(request), ...sampling };
    const headers = sampling ? { 'anthropic-version': SAMPLING_VERSION } : {};
    const stream = await this.#sdk.messages.create(params, { signal: watch.signal, headers });
    const reader = new EventReader(onDelta, request.model);
    for await (const event of stream) {
      watch.sawEvent();
      reader.read(event);
    }
    watch.throwIfEnded();
    if (!reader.hasEvents) throw new ModelFault(NOT_AN_ANSWER);
    if (!reader.isFinished) throw new ModelFault(BROKE_OFF);
    return reader.answer();
  }
}

function paramsFor(request: ModelRequest): MessageCreateParamsStreaming {
  const { model, parameters } = request;
  const system = request.messages.filter(({ role, content }) => role === 'system' && content.trim() !== '');
  const stop = (parameters.stop ?? []).filter((sequence) => sequence.trim() !== '');
  return {
    model,
    stream: true,
    max_tokens: parameters.maxTokens ?? defaultMaxTokens(`anthropic/${model}`),
    messages: toParams(request.messages),
    ...(system.length > 0 && { system: system.map(({ content }) => content).join('\n\n') }),
    ...(stop.length > 0 && { stop_sequences: stop }),
    ...toolsFor(request),
    ...outputFor(request),
  };
}

/** A schema, and for models that think how much: their scale has no `minimal`. Seeds are not known here. */
function outputFor({ model, schema, parameters: { reasoningEffort } }: ModelRequest): {
  output_config?: OutputConfig;
} {
  const effort = reasoningEffort === 'minimal' ? 'low' : reasoningEffort;
  const config: OutputConfig = {
    ...(schema && { format: { type: 'json_schema', schema: { ...schema } } }),
    ...(effort !== undefined && reasons(model) && { effort }),
  };
  return Object.keys(config).length > 0 ? { output_config: config } : {};
}

/** Thinking models refuse both; the others take one of them. OpenAI's scale ends at 2, this one at 1. */
function samplingFor({ model, parameters: { temperature, topP } }: ModelRequest): object | undefined {
  if (reasons(model)) return undefined;
  if (temperature !== undefined) return { temperature: Math.min(temperature, 1) };
  return topP === undefined ? undefined : { top_p: topP };
}

function toolsFor({
  tools,
  messages,
}: ModelRequest): Pick<MessageCreateParamsStreaming, 'tools' | 'tool_choice'> {
  if (tools.length > 0) {
    const declared = tools.map(({ name, description, parameters }) => ({
      name,
      description,
      input_schema: { ...parameters, type: 'object' as const },
    }));
    return { tools: declared };
  }
  // A conversation in which tools were used must still declare them, even when no more may be used.
  const used = new Set(messages.flatMap(({ toolCalls = [] }) => toolCalls.map(({ name }) => name)));
  if (used.size === 0) return {};
  const declared = [...used].map((name) => ({ name, input_schema: { type: 'object' as const } }));
  return { tools: declared, tool_choice: { type: 'none' } };
}

/** Turns must alternate and begin and end with the user; tool results are a user's; empty texts are refused. */
function toParams(messages: readonly ModelMessage[]): MessageParam[] {
  const turns: { role: 'user' | 'assistant'; content: ContentBlockParam[] }[] = [];
  for (const message of messages) {
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const blocks = blocksOf(message);
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...blocks);
    else if (blocks.length > 0) turns.push({ role, content: blocks });
  }
  const go = (text: string) => ({ role: 'user' as const, content: [{ type: 'text' as const, text }] });
  if (turns[0]?.role !== 'user') turns.unshift(go('Begin.'));
  if (turns.at(-1)?.role === 'assistant') turns.push(go('Continue.'));
  return turns;
}

function blocksOf({ role, content, toolCalls = [], toolCallId = '' }: ModelMessage): ContentBlockParam[] {
  if (role === 'system') return [];
  if (role === 'tool') return [{ type: 'tool_result', tool_use_id: idFor(toolCallId), content }];
  const text = content.trim() === '' ? [] : [{ type: 'text' as const, text: content }];
  const calls = toolCalls.map(({ id, name, arguments: args }) => ({
    type: 'tool_use' as const,
    id: idFor(id),
    name,
    input: readableArguments(args),
  }));
  return [...text, ...calls];
}

/** Calls of other providers, in a conversation that changed its model, may have ids that this one refuses. */
const idFor = (id: string) => id.replace(/[^\w-]/g, '_') || 'call';
