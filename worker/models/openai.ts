import OpenAI from 'openai';
import type {
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import { reasons } from '#workflows/catalogue/models.ts';
import { defaultMaxTokens } from '#workflows/catalogue/prices.ts';
import { isClosed, isStrict } from '#workflows/catalogue/structuredOutput.ts';
import { readableArguments } from './AnswerBuilder.ts';
import type { CallWatch } from './CallWatch.ts';
import { ChunkReader } from './ChunkReader.ts';
import { type ClientOptions, callProvider, SDK_OPTIONS } from './callProvider.ts';
import type { ModelAnswer, ModelClient, ModelMessage, ModelRequest, StreamOptions } from './ModelClient.ts';
import { BROKE_OFF, ModelFault, NOT_AN_ANSWER } from './ModelFault.ts';

const OFFICIAL_HOST = 'api.openai.com';
const DONE = /(^|[\r\n])data: ?\[DONE\]/;

/** Chat completions, streamed: OpenAI, and every server that imitates it. */
export class OpenAIClient implements ModelClient {
  readonly #options: ClientOptions;
  readonly #isOfficial: boolean;
  readonly #sdk: OpenAI;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#isOfficial = !options.baseUrl || new URL(options.baseUrl).hostname === OFFICIAL_HOST;
    this.#sdk = new OpenAI({
      apiKey: options.apiKey,
      baseURL: options.baseUrl ?? `https://${OFFICIAL_HOST}/v1`,
      organization: null,
      project: null,
      ...SDK_OPTIONS,
    });
  }

  stream(request: ModelRequest, { signal, onDelta }: StreamOptions): Promise<ModelAnswer> {
    const title = this.#isOfficial ? 'OpenAI' : 'The model server';
    const call = { provider: 'openai', title, request, signal, options: this.#options } as const;
    return callProvider(call, (watch) => this.#receive(request, watch, onDelta));
  }

  async #receive(
    request: ModelRequest,
    watch: CallWatch,
    onDelta: StreamOptions['onDelta'],
  ): Promise<ModelAnswer> {
    const stream = await this.#sdk.chat.completions.create(this.#params(request), {
      signal: watch.signal,
    });
    const reader = new ChunkReader(onDelta, request.model);
    for await (const chunk of stream) {
      watch.sawEvent();
      reader.read(chunk);
    }
    watch.throwIfEnded();
    if (!reader.hasChunks) throw new ModelFault(NOT_AN_ANSWER);
    if (!reader.isFinished || !DONE.test(watch.tail)) throw new ModelFault(BROKE_OFF);
    return reader.answer();
  }

  #params(request: ModelRequest): ChatCompletionCreateParamsStreaming {
    const { model, messages, tools, parameters, schema } = request;
    const { temperature, topP, maxTokens, stop, seed } = parameters;
    const thinks = this.#isOfficial && reasons(model);
    return {
      model,
      messages: messages.map(toParam),
      stream: true,
      stream_options: { include_usage: true },
      ...(tools.length > 0 && {
        tools: tools.map((tool) => ({
          type: 'function',
          function: { ...tool, parameters: { ...tool.parameters } },
        })),
      }),
      ...this.#effort(request),
      ...(schema && { response_format: formatOf(schema) }),
      ...(seed !== undefined && { seed }),
      ...(thinks
        ? { max_completion_tokens: maxTokens ?? defaultMaxTokens(model) }
        : {
            ...this.#limit(model, maxTokens),
            ...(temperature !== undefined && { temperature }),
            ...(topP !== undefined && { top_p: topP }),
            ...(stop && stop.length > 0 && { stop: [...stop] }),
          }),
    };
  }

  /** Only models that think take one; other servers are sent what was asked for. */
  #effort({ model, tools, parameters: { reasoningEffort } }: ModelRequest): {
    reasoning_effort?: 'none' | 'minimal' | 'low' | 'medium' | 'high';
  } {
    const thinks = this.#isOfficial && reasons(model);
    if (thinks && tools.length > 0 && refusesToolsWhileThinking(model)) return { reasoning_effort: 'none' };
    const isTaken = thinks || !this.#isOfficial;
    return reasoningEffort !== undefined && isTaken ? { reasoning_effort: reasoningEffort } : {};
  }

  /** Other servers know best what fits their model, and refuse more than that. */
  #limit(model: string, maxTokens: number | undefined): { max_tokens?: number } {
    if (maxTokens !== undefined) return { max_tokens: maxTokens };
    return this.#isOfficial ? { max_tokens: defaultMaxTokens(model) } : {};
  }
}

/** From GPT-5.4 on, chat completions take tools only from a model that is told not to think. */
const refusesToolsWhileThinking = (model: string) => /^gpt-(5\.[4-9]|[6-9])/.test(model);

const formatOf = (schema: Readonly<Record<string, unknown>>) => ({
  type: 'json_schema' as const,
  json_schema: { name: 'answer', schema: { ...schema }, strict: isClosed(schema) && isStrict(schema) },
});

function toParam({
  role,
  content,
  toolCalls = [],
  toolCallId = '',
}: ModelMessage): ChatCompletionMessageParam {
  if (role === 'tool') return { role, content, tool_call_id: toolCallId };
  if (role !== 'assistant' || toolCalls.length === 0) return { role, content };
  return {
    role,
    content: content === '' ? null : content,
    tool_calls: toolCalls.map((call) => ({
      id: call.id,
      type: 'function',
      function: { name: call.name, arguments: JSON.stringify(readableArguments(call.arguments)) },
    })),
  };
}
