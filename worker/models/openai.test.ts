import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '#bench/modelServer/modelServer.ts';
import type { ModelRequest } from './ModelClient.ts';
import { OpenAIClient } from './openai.ts';

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

/** What is sent to a server, or to the real address when a fetch stands between. */
async function bodyFor(changes: Partial<ModelRequest>, isOfficial = false): Promise<Record<string, unknown>> {
  const redirect: typeof fetch = (input, init) => {
    expect(String(input)).toBe('https://api.openai.com/v1/chat/completions');
    return fetch(`${server.openaiBaseUrl}/chat/completions`, init);
  };
  const client = new OpenAIClient(
    isOfficial ? { apiKey: 'k', fetch: redirect } : { apiKey: 'k', baseUrl: server.openaiBaseUrl, fetch },
  );
  await client.stream({ ...request, ...changes }, options);
  return server.calls.at(-1)?.body ?? {};
}

describe('the request to an OpenAI-compatible server', () => {
  it('carries tools, parameters and a conversation with tool calls', async () => {
    const call = (id: string, args: string) => ({ id, name: 'calculator', arguments: args });
    const sent = (id: string, args: string) => ({
      id,
      type: 'function',
      function: { name: 'calculator', arguments: args },
    });
    const body = await bodyFor({
      messages: [
        { role: 'system', content: 'You are a tester.' },
        { role: 'user', content: 'How much?' },
        { role: 'assistant', content: '', toolCalls: [call('a', '{"expression":"1"}'), call('b', '{"exp')] },
        { role: 'tool', content: '1 = 1', toolCallId: 'a' },
        { role: 'tool', content: 'not valid JSON', toolCallId: 'b' },
        { role: 'assistant', content: 'It is 1.' },
        { role: 'user', content: 'Sure?' },
      ],
      tools,
      parameters: { temperature: 0.5, topP: 0.9, maxTokens: 77, stop: ['END'] },
    });
    expect(body).toEqual({
      model: 'test-model',
      stream: true,
      stream_options: { include_usage: true },
      messages: [
        { role: 'system', content: 'You are a tester.' },
        { role: 'user', content: 'How much?' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [sent('a', '{"expression":"1"}'), sent('b', '{"unreadable":"{\\"exp"}')],
        },
        { role: 'tool', content: '1 = 1', tool_call_id: 'a' },
        { role: 'tool', content: 'not valid JSON', tool_call_id: 'b' },
        { role: 'assistant', content: 'It is 1.' },
        { role: 'user', content: 'Sure?' },
      ],
      tools: [{ type: 'function', function: tools[0] }],
      max_tokens: 77,
      temperature: 0.5,
      top_p: 0.9,
      stop: ['END'],
    });
  });

  it('leaves the length of the answer to the server when nobody set it', async () => {
    expect(await bodyFor({ model: 'gpt-4o' })).not.toHaveProperty('max_tokens');
  });

  it('uses max_tokens there even for names of thinking models', async () => {
    const body = await bodyFor({ model: 'gpt-6-luna', tools, parameters: { maxTokens: 9, temperature: 1 } });
    expect(body).toMatchObject({ max_tokens: 9, temperature: 1 });
    expect(body).not.toHaveProperty('reasoning_effort');
  });
});

describe('the request to OpenAI itself', () => {
  it('limits an answer to what the budget reserves for it', async () => {
    const body = await bodyFor({ model: 'gpt-4o', parameters: { temperature: 0.5 } }, true);
    expect(body).toMatchObject({ max_tokens: 8_192, temperature: 0.5 });
  });

  it('spares thinking models the parameters that they refuse', async () => {
    const parameters = { temperature: 0.5, topP: 0.9, stop: ['END'], maxTokens: 100 };
    const body = await bodyFor({ model: 'gpt-6-luna', parameters }, true);
    expect(Object.keys(body).sort()).toEqual([
      'max_completion_tokens',
      'messages',
      'model',
      'stream',
      'stream_options',
    ]);
    expect(body.max_completion_tokens).toBe(100);
  });

  it('asks newer models not to think when they get tools, which chat completions require', async () => {
    expect(await bodyFor({ model: 'gpt-6-luna', tools }, true)).toMatchObject({ reasoning_effort: 'none' });
    expect(await bodyFor({ model: 'o3', tools }, true)).not.toHaveProperty('reasoning_effort');
    expect(await bodyFor({ model: 'gpt-4.1', tools }, true)).not.toHaveProperty('reasoning_effort');
  });
});

describe('tool calls as imitators send them', () => {
  const client = () => new OpenAIClient({ apiKey: 'k', baseUrl: server.openaiBaseUrl, fetch });

  it('reads them without index, without id and with arguments as an object', async () => {
    server.script(() => ({
      toolCalls: [
        { name: 'calculator', arguments: { expression: '1' } },
        { name: 'current_time', arguments: {} },
      ],
      fault: 'oddTools',
    }));
    const { toolCalls, finishReason } = await client().stream({ ...request, tools }, options);
    expect(finishReason).toBe('tool_calls');
    expect(toolCalls).toEqual([
      { id: 'call_0', name: 'calculator', arguments: '{"expression":"1"}' },
      { id: 'call_1', name: 'current_time', arguments: '{}' },
    ]);
  });

  /** A server made of chunks, as they come over the wire. */
  async function answerTo(chunks: readonly object[], end = 'data: [DONE]\n\n') {
    const body = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('') + end;
    const fake: typeof fetch = async () =>
      new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    return new OpenAIClient({ apiKey: 'k', baseUrl: 'http://127.0.0.1:9/v1', fetch: fake }).stream(
      request,
      options,
    );
  }
  const delta = (fields: object, finish: string | null = null) => ({
    choices: [{ index: 0, delta: fields, finish_reason: finish }],
  });
  const piece = (fields: object) => delta({ tool_calls: [fields] });

  it('tells calls apart by id when every one has the index 0', async () => {
    const { toolCalls } = await answerTo([
      piece({ index: 0, id: 'x', function: { name: 'one', arguments: '{"a":' } }),
      piece({ index: 0, id: 'x', function: { name: 'one', arguments: '1}' } }),
      piece({ index: 0, id: 'y', function: { name: 'two', arguments: '{}' } }),
      delta({}, 'stop'),
    ]);
    expect(toolCalls.map(({ id, name, arguments: args }) => [id, name, args])).toEqual([
      ['x', 'one', '{"a":1}'],
      ['y', 'two', '{}'],
    ]);
  });

  it('adds pieces without index and name to the last call', async () => {
    const { toolCalls } = await answerTo([
      piece({ id: 'x', function: { name: 'one', arguments: '{"a"' } }),
      piece({ function: { arguments: ':1}' } }),
      piece({ id: 'y', function: { name: 'two' } }),
      delta({}, 'tool_calls'),
    ]);
    expect(toolCalls.map(({ name, arguments: args }) => [name, args])).toEqual([
      ['one', '{"a":1}'],
      ['two', ''],
    ]);
  });

  it('keeps interleaved calls apart by index', async () => {
    const { toolCalls } = await answerTo([
      piece({ index: 0, id: 'x', function: { name: 'one', arguments: '{' } }),
      piece({ index: 1, id: 'y', function: { name: 'two', arguments: '[' } }),
      piece({ index: 0, function: { arguments: '}' } }),
      piece({ index: 1, function: { arguments: ']' } }),
      delta({}, 'tool_calls'),
    ]);
    expect(toolCalls.map(({ arguments: args }) => args)).toEqual(['{}', '[]']);
  });

  it('does not count a refusal as a normal answer', async () => {
    const answer = await answerTo([delta({ refusal: 'I will not.' }), delta({}, 'stop')]);
    expect(answer).toMatchObject({ text: 'I will not.', finishReason: 'content_filter' });
  });

  it('takes the last usage, also when it comes with every chunk', async () => {
    const usage = (completion_tokens: number) => ({ usage: { prompt_tokens: 5, completion_tokens } });
    const answer = await answerTo([
      { ...delta({ content: 'a' }), ...usage(1) },
      { ...delta({ content: 'b' }), ...usage(2) },
      delta({}, 'stop'),
    ]);
    expect(answer.usage).toEqual({ inputTokens: 5, outputTokens: 2 });
  });

  it('is not taken in by a text that contains the end mark', async () => {
    const cut = answerTo([delta({ content: 'data: [DONE]' }), delta({}, 'stop')], '');
    await expect(cut).rejects.toMatchObject({ type: 'model.badAnswer' });
  });

  it('sorts an error in the middle of a stream by the status it names', async () => {
    const broken = answerTo([delta({ content: 'a' }), { error: { message: 'slow down', code: 429 } }]);
    await expect(broken).rejects.toMatchObject({ type: 'model.rateLimited', nonRetryable: false });
  });
});
