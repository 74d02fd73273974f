import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '#bench/modelServer/modelServer.ts';
import { AnthropicClient } from './anthropic.ts';
import type { ModelMessage, ModelRequest } from './ModelClient.ts';

const tools = [
  { name: 'calculator', description: 'Counts.', parameters: { type: 'object', properties: {} } },
];
const request: ModelRequest = {
  model: 'test-model',
  messages: [{ role: 'user', content: 'How much?' }],
  tools: [],
  parameters: {},
};
const options = { signal: new AbortController().signal, onDelta: () => undefined };

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
beforeEach(() => server.reset());
afterAll(() => server.stop());

async function bodyFor(changes: Partial<ModelRequest>): Promise<Record<string, unknown>> {
  const client = new AnthropicClient({ apiKey: 'k', baseUrl: server.anthropicBaseUrl, fetch });
  await client.stream({ ...request, ...changes }, options);
  return server.calls.at(-1)?.body ?? {};
}

const text = (content: string) => [{ type: 'text', text: content }];

describe('the request to Anthropic', () => {
  it('carries tools and a conversation with tool calls, merged into alternating turns', async () => {
    const call = (id: string, args: string) => ({ id, name: 'calculator', arguments: args });
    const use = (id: string, input: object) => ({ type: 'tool_use', id, name: 'calculator', input });
    const result = (id: string, content: string) => ({ type: 'tool_result', tool_use_id: id, content });
    const body = await bodyFor({
      messages: [
        { role: 'system', content: 'You are a tester.' },
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'How much?' },
        { role: 'user', content: 'Quickly.' },
        {
          role: 'assistant',
          content: '',
          toolCalls: [call('a', '{"expression":"1"}'), call('f.b:1', '{"exp')],
        },
        { role: 'tool', content: '1 = 1', toolCallId: 'a' },
        { role: 'tool', content: 'not valid JSON', toolCallId: 'f.b:1' },
        { role: 'user', content: 'Go on.' },
      ],
      tools,
      parameters: { maxTokens: 77, stop: ['END', ' '] },
    });
    expect(body).toEqual({
      model: 'test-model',
      stream: true,
      max_tokens: 77,
      system: 'You are a tester.\n\nBe brief.',
      messages: [
        { role: 'user', content: [...text('How much?'), ...text('Quickly.')] },
        {
          role: 'assistant',
          content: [use('a', { expression: '1' }), use('f_b_1', { unreadable: '{"exp' })],
        },
        {
          role: 'user',
          content: [result('a', '1 = 1'), result('f_b_1', 'not valid JSON'), ...text('Go on.')],
        },
      ],
      tools: [
        { name: 'calculator', description: 'Counts.', input_schema: { type: 'object', properties: {} } },
      ],
      stop_sequences: ['END'],
    });
  });

  it('allows the usual length when nobody set one, because it must say something', async () => {
    expect(await bodyFor({ model: 'claude-opus-5-5' })).toMatchObject({ max_tokens: 32_000 });
    expect(await bodyFor({})).toMatchObject({ max_tokens: 8_192 });
  });

  it('declares tools that were used before, though none may be used now', async () => {
    const messages: ModelMessage[] = [
      { role: 'user', content: 'How much?' },
      { role: 'assistant', content: 'Wait.', toolCalls: [{ id: 'a', name: 'calculator', arguments: '' }] },
      { role: 'tool', content: '1', toolCallId: 'a' },
    ];
    expect(await bodyFor({ messages })).toMatchObject({
      tools: [{ name: 'calculator', input_schema: { type: 'object' } }],
      tool_choice: { type: 'none' },
    });
  });

  it('begins and ends with the user, and sends no empty texts', async () => {
    const messages: ModelMessage[] = [
      { role: 'assistant', content: 'So far' },
      { role: 'user', content: '  ' },
      { role: 'assistant', content: 'and further' },
    ];
    expect((await bodyFor({ messages })).messages).toEqual([
      { role: 'user', content: text('Begin.') },
      { role: 'assistant', content: [...text('So far'), ...text('and further')] },
      { role: 'user', content: text('Continue.') },
    ]);
  });

  it('sends one sampling parameter to models that take it, and none to those that think', async () => {
    const parameters = { temperature: 1.6, topP: 0.9 };
    const plain = await bodyFor({ model: 'claude-haiku-4-5', parameters });
    expect(plain.temperature).toBe(1);
    expect(plain).not.toHaveProperty('top_p');
    expect((await bodyFor({ model: 'claude-haiku-4-5', parameters: { topP: 0.9 } })).top_p).toBe(0.9);
    const thinking = await bodyFor({ model: 'claude-sonnet-5-5', parameters });
    expect(thinking).not.toHaveProperty('temperature');
    expect(thinking).not.toHaveProperty('top_p');
  });
});

describe('the answer of Anthropic', () => {
  async function answerTo(events: readonly { readonly type: string; readonly [field: string]: unknown }[]) {
    const body = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
    const headers: Headers[] = [];
    const fake: typeof fetch = async (_, init) => {
      headers.push(new Headers(init?.headers));
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    };
    const client = new AnthropicClient({ apiKey: 'k', fetch: fake });
    const answer = await client.stream({ ...request, model: 'claude-haiku-4-5' }, options);
    return { answer, headers: headers[0] };
  }

  it('passes over thoughts and events that it does not know', async () => {
    const usage = {
      input_tokens: 10,
      cache_read_input_tokens: 4,
      cache_creation_input_tokens: 1,
      output_tokens: 1,
    };
    const { answer, headers } = await answerTo([
      { type: 'message_start', message: { model: 'claude-x', usage } },
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Hm.' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'x' } },
      { type: 'content_block_start', index: 1, content_block: { type: 'text', text: 'It ' } },
      { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'is 1.' } },
      { type: 'something_new' },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 25 } },
      { type: 'message_stop' },
    ]);
    expect(answer).toEqual({
      text: 'It is 1.',
      toolCalls: [],
      finishReason: 'stop',
      usage: { inputTokens: 15, outputTokens: 25 },
      model: 'claude-x',
    });
    expect(headers?.get('authorization')).toBe('Bearer k');
  });

  it('takes the input of a tool that comes whole', async () => {
    const block = { type: 'tool_use', id: 't', name: 'calculator', input: { expression: '1' } };
    const { answer } = await answerTo([
      { type: 'content_block_start', index: 0, content_block: block },
      { type: 'message_delta', delta: { stop_reason: 'tool_use' } },
      { type: 'message_stop' },
    ]);
    expect(answer).toMatchObject({
      toolCalls: [{ id: 't', name: 'calculator', arguments: '{"expression":"1"}' }],
      finishReason: 'tool_calls',
      usage: null,
    });
  });
});
