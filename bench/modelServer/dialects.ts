import type { Answer } from './answer.ts';
import type { Dialect, Reply } from './script.ts';

/** One SSE event. `hasText` marks those that carry the answer itself. */
export interface Frame {
  readonly bytes: string;
  readonly hasText: boolean;
}

/** How one provider's API looks on the wire. */
export interface DialectWire {
  stream(answer: Answer, body: Readonly<Record<string, unknown>>, fault: Reply['fault']): Frame[];
  /** Marks the end; without it the answer is not whole. */
  readonly end: Frame;
  whole(answer: Answer): unknown;
  error(status: number, error: Reply['error']): unknown;
  errorFrame: Frame;
  textFrame(answer: Answer, text: string): Frame;
}

const frame = (data: unknown, hasText = false): Frame => ({
  bytes: `data: ${JSON.stringify(data)}\n\n`,
  hasText,
});

const OPENAI_FINISH = {
  stop: 'stop',
  length: 'length',
  filter: 'content_filter',
  tools: 'tool_calls',
} as const;

const chunk = (answer: Answer, delta: object, finish: string | null = null) => ({
  id: answer.id,
  object: 'chat.completion.chunk',
  created: 0,
  model: answer.model,
  choices: [{ index: 0, delta, finish_reason: finish }],
});

const openaiUsage = ({ usage }: Answer) =>
  usage && {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
  };

function openaiToolFrames(answer: Answer, isOdd: boolean): Frame[] {
  if (isOdd) {
    return answer.toolCalls.map(({ name, arguments: args }) =>
      frame(
        chunk(answer, {
          tool_calls: [{ type: 'function', function: { name, arguments: JSON.parse(args) } }],
        }),
      ),
    );
  }
  return answer.toolCalls.flatMap(({ id, name, arguments: args }, index) => {
    const half = Math.ceil(args.length / 2);
    const piece = (call: object) => frame(chunk(answer, { tool_calls: [{ index, ...call }] }), true);
    return [
      piece({ id, type: 'function', function: { name, arguments: '' } }),
      piece({ function: { arguments: args.slice(0, half) } }),
      piece({ function: { arguments: args.slice(half) } }),
    ];
  });
}

const wantsUsage = (body: Readonly<Record<string, unknown>>) =>
  typeof body.stream_options === 'object' &&
  body.stream_options !== null &&
  Reflect.get(body.stream_options, 'include_usage') === true;

const openai: DialectWire = {
  end: { bytes: 'data: [DONE]\n\n', hasText: false },
  errorFrame: frame({ error: { message: 'The server had an error.', type: 'server_error', code: null } }),
  textFrame: (answer, content) => frame(chunk(answer, { content }), true),
  stream(answer, body, fault) {
    const usage = openaiUsage(answer);
    return [
      frame(chunk(answer, { role: 'assistant', content: '' })),
      ...answer.pieces.map((piece) => openai.textFrame(answer, piece)),
      ...openaiToolFrames(answer, fault === 'oddTools'),
      frame(chunk(answer, {}, OPENAI_FINISH[answer.finish])),
      ...(usage && wantsUsage(body) ? [frame({ ...chunk(answer, {}), choices: [], usage })] : []),
    ];
  },
  whole(answer) {
    const tool_calls = answer.toolCalls.map(({ id, name, arguments: args }) => ({
      id,
      type: 'function',
      function: { name, arguments: args },
    }));
    const message = { role: 'assistant', content: answer.text, ...(tool_calls.length > 0 && { tool_calls }) };
    return {
      id: answer.id,
      object: 'chat.completion',
      created: 0,
      model: answer.model,
      choices: [{ index: 0, message, finish_reason: OPENAI_FINISH[answer.finish] }],
      usage: openaiUsage(answer) ?? undefined,
    };
  },
  error: (status, error) => ({
    error: {
      message: error?.message ?? `Status ${status}.`,
      type: error?.type ?? 'error',
      code: error?.code ?? null,
    },
  }),
};

const ANTHROPIC_FINISH = {
  stop: 'end_turn',
  length: 'max_tokens',
  filter: 'refusal',
  tools: 'tool_use',
} as const;

const event = (type: string, data: object, hasText = false): Frame => ({
  bytes: `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`,
  hasText,
});

const anthropicUsage = ({ usage }: Answer) =>
  usage && { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens };

const anthropicMessage = (answer: Answer) => ({
  id: answer.id,
  type: 'message',
  role: 'assistant',
  model: answer.model,
  content: [] as unknown[],
  stop_reason: null as string | null,
  stop_sequence: null,
});

function anthropicBlocks(answer: Answer): Frame[] {
  const texts = answer.pieces.map((piece) => anthropic.textFrame(answer, piece));
  const textBlock =
    texts.length > 0
      ? [
          event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
          ...texts,
          event('content_block_stop', { index: 0 }),
        ]
      : [];
  const offset = textBlock.length > 0 ? 1 : 0;
  const tools = answer.toolCalls.flatMap(({ id, name, arguments: args }, position) => {
    const index = offset + position;
    const half = Math.ceil(args.length / 2);
    const piece = (partial_json: string) =>
      event('content_block_delta', { index, delta: { type: 'input_json_delta', partial_json } }, true);
    return [
      event('content_block_start', { index, content_block: { type: 'tool_use', id, name, input: {} } }),
      piece(args.slice(0, half)),
      piece(args.slice(half)),
      event('content_block_stop', { index }),
    ];
  });
  return [...textBlock, ...tools];
}

const anthropic: DialectWire = {
  end: event('message_stop', {}),
  errorFrame: event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } }),
  textFrame: (_, text) =>
    event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }, true),
  stream(answer) {
    const usage = anthropicUsage(answer);
    return [
      event('message_start', {
        message: { ...anthropicMessage(answer), ...(usage && { usage: { ...usage, output_tokens: 1 } }) },
      }),
      event('ping', {}),
      ...anthropicBlocks(answer),
      event('message_delta', {
        delta: { stop_reason: ANTHROPIC_FINISH[answer.finish], stop_sequence: null },
        ...(usage && { usage: { output_tokens: usage.output_tokens } }),
      }),
    ];
  },
  whole(answer) {
    const text = answer.text === '' ? [] : [{ type: 'text', text: answer.text }];
    const tools = answer.toolCalls.map(({ id, name, arguments: args }) => ({
      type: 'tool_use',
      id,
      name,
      input: JSON.parse(args),
    }));
    return {
      ...anthropicMessage(answer),
      content: [...text, ...tools],
      stop_reason: ANTHROPIC_FINISH[answer.finish],
      usage: anthropicUsage(answer) ?? undefined,
    };
  },
  error: (status, error) => ({
    type: 'error',
    error: { type: error?.type ?? 'error', message: error?.message ?? `Status ${status}.` },
  }),
};

export const DIALECTS: Readonly<Record<Dialect, DialectWire>> = { openai, anthropic };
