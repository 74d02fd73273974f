import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import { AnswerBuilder, usageFrom } from './AnswerBuilder.ts';
import type { FinishReason, ModelAnswer, ModelUsage } from './ModelClient.ts';

type ToolDelta = Partial<ChatCompletionChunk.Choice.Delta.ToolCall>;

const FINISH = new Map<string, FinishReason>([
  ['stop', 'stop'],
  ['length', 'length'],
  ['tool_calls', 'tool_calls'],
  ['function_call', 'tool_calls'],
  ['content_filter', 'content_filter'],
]);

/** Puts chunks together. Imitators leave out what they like, so nothing here is taken for granted. */
export class ChunkReader {
  readonly #builder: AnswerBuilder;
  #model: string;
  #finish: string | undefined;
  readonly #opened: { readonly index: number | undefined; readonly id: string | undefined }[] = [];
  #usage: ModelUsage | null = null;
  hasChunks = false;

  constructor(onDelta: (text: string) => void, model: string) {
    this.#builder = new AnswerBuilder(onDelta);
    this.#model = model;
  }

  get isFinished(): boolean {
    return this.#finish !== undefined;
  }

  read(chunk: Partial<ChatCompletionChunk>): void {
    const choice: Partial<ChatCompletionChunk.Choice> | undefined = chunk.choices?.[0];
    if (!chunk.choices && !chunk.usage) return;
    this.hasChunks = true;
    this.#model = chunk.model || this.#model;
    this.#usage = usageFrom(chunk.usage?.prompt_tokens, chunk.usage?.completion_tokens) ?? this.#usage;
    this.#builder.addText(choice?.delta?.content ?? '');
    if (choice?.delta?.refusal) this.#refuse(choice.delta.refusal);
    for (const call of choice?.delta?.tool_calls ?? []) this.#readToolCall(call);
    this.#finish ??= choice?.finish_reason ?? undefined;
  }

  answer(): ModelAnswer {
    const finishReason = FINISH.get(this.#finish ?? '') ?? 'other';
    return this.#builder.build({ finishReason, usage: this.#usage, model: this.#model });
  }

  #refuse(text: string): void {
    this.#finish = 'content_filter';
    this.#builder.addText(text);
  }

  #readToolCall(call: ToolDelta): void {
    const args: unknown = call.function?.arguments;
    this.#builder.addToolCall(this.#keyOf(call), {
      id: call.id,
      name: call.function?.name,
      arguments: typeof args === 'object' && args !== null ? JSON.stringify(args) : String(args ?? ''),
    });
  }

  /**
   * Pieces belong together by index, or to the last call when they have none. A new id with a name begins a call even
   * under a known index, since some servers number every call 0; without index and id a name alone does.
   */
  #keyOf({ index, id, function: { name } = {} }: ToolDelta): number {
    const key = this.#opened.findLastIndex((call) => index === undefined || call.index === index);
    const open = this.#opened[key];
    const isNewId = Boolean(id && name && open?.id && open.id !== id);
    const isNewName = index === undefined && Boolean(name) && !(id && id === open?.id);
    if (open && !isNewId && !isNewName) return key;
    return this.#opened.push({ index, id }) - 1;
  }
}
