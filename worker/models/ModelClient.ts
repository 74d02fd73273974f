export interface ModelToolCall {
  readonly id: string;
  readonly name: string;
  /** Raw text as the model sent it. It may be broken JSON: whoever runs the tool says so to the model. */
  readonly arguments: string;
}

export interface ModelMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
  /** Of an assistant message: what it asked for. */
  readonly toolCalls?: readonly ModelToolCall[];
  /** Of a tool message: the call it answers. */
  readonly toolCallId?: string;
}

interface ModelTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly parameters: object;
}

interface ModelParameters {
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  readonly reasoningEffort?: 'minimal' | 'low' | 'medium' | 'high';
}

export interface ModelRequest {
  /** Without the provider: `gpt-4.1-mini`. */
  readonly model: string;
  readonly messages: readonly ModelMessage[];
  readonly tools: readonly ModelTool[];
  readonly parameters: ModelParameters;
  /** JSON Schema that the provider holds the answer to: given only for models that can be. */
  readonly schema?: Readonly<Record<string, unknown>>;
}

export interface ModelUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export type FinishReason = 'stop' | 'tool_calls' | 'length' | 'content_filter' | 'other';

export interface ModelAnswer {
  readonly text: string;
  readonly toolCalls: readonly ModelToolCall[];
  readonly finishReason: FinishReason;
  /** Null when the provider did not say. Never zero in its place. */
  readonly usage: ModelUsage | null;
  /** The model's name as the provider gave it. */
  readonly model: string;
}

export interface StreamOptions {
  readonly signal: AbortSignal;
  /** Called with each new piece of text; the pieces joined are the answer's text. */
  readonly onDelta: (text: string) => void;
}

/**
 * Sends one request, once: retries belong to Temporal. Rejects with an ApplicationFailure of a `model.` type, or with
 * the signal's reason when the caller aborted.
 */
export interface ModelClient {
  stream(request: ModelRequest, options: StreamOptions): Promise<ModelAnswer>;
}
