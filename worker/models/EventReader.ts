import type { RawMessageStreamEvent } from '@anthropic-ai/sdk/resources/messages';
import { AnswerBuilder, usageFrom } from './AnswerBuilder.ts';
import type { FinishReason, ModelAnswer } from './ModelClient.ts';

const FINISH = new Map<string, FinishReason>([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool_calls'],
  ['refusal', 'content_filter'],
]);

/** Puts events together; thoughts and what we do not know are passed over. */
export class EventReader {
  readonly #builder: AnswerBuilder;
  #model: string;
  #finish: string | undefined;
  #inputTokens: number | undefined;
  #outputTokens: number | undefined;
  hasEvents = false;
  isFinished = false;

  constructor(onDelta: (text: string) => void, model: string) {
    this.#builder = new AnswerBuilder(onDelta);
    this.#model = model;
  }

  read(event: RawMessageStreamEvent): void {
    this.hasEvents = true;
    switch (event.type) {
      case 'message_start':
        this.#model = event.message?.model || this.#model;
        this.#readUsage(event.message?.usage);
        break;
      case 'content_block_start':
        if (event.content_block.type === 'text') this.#builder.addText(event.content_block.text);
        if (event.content_block.type === 'tool_use')
          this.#builder.addToolCall(event.index, opened(event.content_block));
        break;
      case 'content_block_delta':
        if (event.delta.type === 'text_delta') this.#builder.addText(event.delta.text);
        if (event.delta.type === 'input_json_delta') {
          this.#builder.addToolCall(event.index, { arguments: event.delta.partial_json });
        }
        break;
      case 'message_delta':
        this.#finish = event.delta.stop_reason ?? this.#finish;
        this.#readUsage(event.usage);
        break;
      case 'message_stop':
        this.isFinished = true;
        break;
    }
  }

  answer(): ModelAnswer {
    return this.#builder.build({
      finishReason: FINISH.get(this.#finish ?? '') ?? 'other',
      usage: usageFrom(this.#inputTokens, this.#outputTokens),
      model: this.#model,
    });
  }

  /** Each count is the total so far. What was read from or written to a cache is counted apart from the input. */
  #readUsage(usage: Usage | undefined): void {
    if (typeof usage?.input_tokens === 'number') {
      const cached = (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
      this.#inputTokens = usage.input_tokens + cached;
    }
    this.#outputTokens = usage?.output_tokens ?? this.#outputTokens;
  }
}

interface Usage {
  readonly input_tokens: number | null;
  readonly output_tokens: number;
  readonly cache_creation_input_tokens: number | null;
  readonly cache_read_input_tokens: number | null;
}

/** The input is empty here and follows in pieces, except from servers that send it whole. */
function opened({ id, name, input }: { id: string; name: string; input: unknown }) {
  const isWhole = typeof input === 'object' && input !== null && Object.keys(input).length > 0;
  return { id, name, ...(isWhole && { arguments: JSON.stringify(input) }) };
}
