import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ModelServer, type Reply, startModelServer } from '#bench/modelServer/modelServer.ts';
import { readAllowedHosts } from '../tools/egress/allowedHosts.ts';
import { createEgress, type Egress } from '../tools/egress/createEgress.ts';
import { MAX_TOOL_CALLS } from './AnswerBuilder.ts';
import { AnthropicClient } from './anthropic.ts';
import type { ModelAnswer, ModelClient, ModelRequest } from './ModelClient.ts';
import { OpenAIClient } from './openai.ts';
import type { TimeLimits } from './timeLimits.ts';

const KEY = 'sk-canary-5f1e';
const PROMPT = 'What is the secret word?';
const PATIENT: TimeLimits = { firstByteMs: 20_000, idleMs: 20_000, totalMs: 20_000 };

const request: ModelRequest = {
  model: 'test-model',
  messages: [
    { role: 'system', content: 'You are a tester.' },
    { role: 'user', content: PROMPT },
  ],
  tools: [],
  parameters: {},
};

let server: ModelServer;
let egress: Egress;
beforeAll(async () => {
  server = await startModelServer();
  const { openaiBaseUrl, anthropicBaseUrl } = server;
  egress = createEgress({ allowed: readAllowedHosts({ baseUrls: [openaiBaseUrl, anthropicBaseUrl] }) });
});
beforeEach(() => server.reset());
afterAll(async () => {
  await egress.close();
  await server.stop();
});

/** As the product has it: through the door. */
const guarded: typeof fetch = (input, init) => egress.fetch(input, init);

const makers: readonly [string, (limits?: TimeLimits) => ModelClient][] = [
  [
    'openai',
    (limits) =>
      new OpenAIClient({
        apiKey: KEY,
        baseUrl: server.openaiBaseUrl,
        fetch: guarded,
        ...(limits && { limits: () => limits }),
      }),
  ],
  [
    'anthropic',
    (limits) =>
      new AnthropicClient({
        apiKey: KEY,
        baseUrl: server.anthropicBaseUrl,
        fetch: guarded,
        ...(limits && { limits: () => limits }),
      }),
  ],
];

describe.each(makers)('the %s client', (provider, make) => {
  async function ask(reply: Reply, changes: Partial<ModelRequest> = {}, limits?: TimeLimits) {
    server.script(() => reply);
    const deltas: string[] = [];
    const options = { signal: new AbortController().signal, onDelta: (text: string) => deltas.push(text) };
    const answer = await make(limits).stream({ ...request, ...changes }, options);
    return { answer, deltas };
  }

  async function failure(reply: Reply, limits?: TimeLimits): Promise<ApplicationFailure> {
    const error: unknown = await ask(reply, {}, limits).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApplicationFailure);
    if (!(error instanceof ApplicationFailure)) throw error;
    const everything = JSON.stringify([error.message, error.details, error.cause]);
    expect(everything).not.toContain(KEY);
    expect(everything).not.toContain('secret');
    expect(error.message).toMatch(/^The model server .+\.$/);
    expect(error.details).toEqual([{ provider, model: 'test-model', status: reply.status ?? null }]);
    return error;
  }

  it('streams a text and counts its tokens', async () => {
    const text = 'The word is “überraschend” 🎉, and nothing else.';
    const { answer, deltas } = await ask({ text, usage: { inputTokens: 12, outputTokens: 9 } });
    expect(answer).toEqual<ModelAnswer>({
      text,
      toolCalls: [],
      finishReason: 'stop',
      usage: { inputTokens: 12, outputTokens: 9 },
      model: 'test-model',
    });
    expect(deltas.length).toBeGreaterThan(4);
    expect(deltas.join('')).toBe(text);
    expect(deltas.some((delta) => /[\ud800-\udbff]$/.test(delta))).toBe(false);
    expect(server.calls.map(({ key, finished }) => [key, finished])).toEqual([[KEY, true]]);
  });

  it('shows the first half while the second is held back', async () => {
    server.script(() => ({ text: 'first half, second half', hold: 'half' }));
    let seen = '';
    const answer = make().stream(request, {
      signal: new AbortController().signal,
      onDelta: (text) => {
        seen += text;
        if (seen.includes('half')) server.release();
      },
    });
    await server.until(([call]) => call?.state === 'held');
    expect((await answer).text).toBe('first half, second half');
  });

  it('reads tool calls, with their arguments as they were sent', async () => {
    const { answer } = await ask({
      toolCalls: [
        { name: 'calculator', arguments: { expression: '6*7' } },
        { name: 'current_time', arguments: '{"timeZone": "Eur' },
      ],
    });
    expect(answer.finishReason).toBe('tool_calls');
    expect(answer.text).toBe('');
    expect(answer.toolCalls).toEqual([
      { id: 'call_1_0', name: 'calculator', arguments: '{"expression":"6*7"}' },
      { id: 'call_1_1', name: 'current_time', arguments: '{"timeZone": "Eur' },
    ]);
  });

  it.each([
    ['length', 'length'],
    ['filter', 'content_filter'],
    ['stop', 'stop'],
  ] as const)('tells why an answer ended: %s', async (finish, finishReason) => {
    const { answer } = await ask({ text: 'so far', finish });
    expect(answer).toMatchObject({ text: 'so far', finishReason });
  });

  it('accepts an empty answer that is whole', async () => {
    const { answer } = await ask({ text: '' });
    expect(answer).toMatchObject({ text: '', toolCalls: [], finishReason: 'stop' });
  });

  it('says that it does not know the usage, rather than zero', async () => {
    const { answer } = await ask({ text: 'x', usage: null });
    expect(answer.usage).toBeNull();
    const { answer: zero } = await ask({ text: 'x', usage: { inputTokens: 0, outputTokens: 0 } });
    expect(zero.usage).toBeNull();
  });

  it('puts characters together that were cut between packets', async () => {
    const text = 'ä→🎉'.repeat(20);
    const { answer, deltas } = await ask({ text, fault: 'splitBytes' });
    expect(answer.text).toBe(text);
    expect(deltas.join('')).toBe(text);
  });

  it('is not confused by frames that come twice', async () => {
    const toolCalls = [{ name: 'calculator', arguments: { expression: '1' } }];
    const { answer } = await ask({ text: 'once', toolCalls, fault: 'duplicate' });
    expect(answer.text).toBe('once');
    expect(answer.toolCalls.map(({ name, arguments: args }) => [name, args])).toEqual([
      ['calculator', '{"expression":"1"}'],
    ]);
  });

  it.each([
    [{ status: 400 }, 'model.badRequest', true],
    [{ status: 401 }, 'model.refusedKey', true],
    [{ status: 403 }, 'model.refusedKey', true],
    [{ status: 404 }, 'model.notFound', true],
    [{ status: 413 }, 'model.contextTooLong', true],
    [{ status: 422 }, 'model.badRequest', true],
    [{ status: 429 }, 'model.rateLimited', false],
    [{ status: 429, headers: { 'x-should-retry': 'false' } }, 'model.rateLimited', true],
    [{ status: 500 }, 'model.unavailable', false],
    [{ status: 502, fault: 'html' }, 'model.unavailable', false],
    [{ status: 503, fault: 'empty' }, 'model.unavailable', false],
    [{ status: 529 }, 'model.unavailable', false],
  ] as const)('sorts %j as %s', async (reply, type, nonRetryable) => {
    const error = { message: `Incorrect key ${KEY} for: ${PROMPT}` };
    expect(await failure({ ...reply, error })).toMatchObject({ type, nonRetryable });
    expect(server.calls).toHaveLength(1);
  });

  it('takes the delay that the provider asks for', async () => {
    const { nextRetryDelay } = await failure({ status: 429, headers: { 'retry-after': '7' } });
    expect(nextRetryDelay).toBe(7_000);
    const exact = await failure({ status: 503, headers: { 'retry-after': '7', 'retry-after-ms': '250' } });
    expect(exact.nextRetryDelay).toBe(250);
  });

  it.each([
    ['html', 'model.badAnswer'],
    ['empty', 'model.badAnswer'],
    ['endAfterHalf', 'model.badAnswer'],
    ['withoutEnd', 'model.badAnswer'],
    ['cut', 'model.badAnswer'],
    ['brokenFrame', 'model.badAnswer'],
    ['errorFrame', 'model.unavailable'],
  ] as const)('does not take %s for an answer, and may ask again', async (fault, type) => {
    expect(await failure({ text: 'half of this', fault })).toMatchObject({ type, nonRetryable: false });
  });

  it.each([
    ['silence', { firstByteMs: 100 }, 'did not begin'],
    ['silentAfterHeaders', { firstByteMs: 100 }, 'did not begin'],
    ['silentAfterHalf', { idleMs: 100 }, 'fell silent'],
  ] as const)('gives up on %s', async (fault, limits, words) => {
    const error = await failure({ text: 'half of this', fault }, { ...PATIENT, ...limits });
    expect(error).toMatchObject({ type: 'model.timeout', nonRetryable: false });
    expect(error.message).toContain(words);
    await server.until(([call]) => call?.state === 'aborted');
  });

  it('gives up on a whole that takes too long, however steadily it comes', async () => {
    const limits = { ...PATIENT, totalMs: 200 };
    const error = await failure({ text: 'x'.repeat(500), chunks: { count: 500, gapMs: 20 } }, limits);
    expect(error).toMatchObject({ type: 'model.timeout' });
    expect(error.message).toContain('did not finish');
  });

  it('cuts an answer that never ends, for good', async () => {
    expect(await failure({ fault: 'endless' })).toMatchObject({
      type: 'model.badAnswer',
      nonRetryable: true,
    });
    await server.until(([call]) => call?.state === 'aborted');
  });

  it('refuses a hundred thousand tool calls', async () => {
    const toolCalls = Array.from({ length: 100_000 }, () => ({ name: 'calculator', arguments: '{}' }));
    expect(await failure({ toolCalls })).toMatchObject({ type: 'model.badAnswer', nonRetryable: true });
    const { answer } = await ask({ toolCalls: toolCalls.slice(0, MAX_TOOL_CALLS) });
    expect(answer.toolCalls).toHaveLength(MAX_TOOL_CALLS);
  });

  it('does not collect a single event without end', async () => {
    const endless = new ReadableStream<Uint8Array>({
      pull: (sink) => sink.enqueue(new Uint8Array(1024 * 1024).fill(120)),
    });
    const fetch = async () => new Response(endless, { headers: { 'content-type': 'text/event-stream' } });
    const Client = provider === 'openai' ? OpenAIClient : AnthropicClient;
    const answer = new Client({ apiKey: KEY, fetch }).stream(request, {
      signal: new AbortController().signal,
      onDelta: () => undefined,
    });
    await expect(answer).rejects.toMatchObject({ type: 'model.badAnswer', nonRetryable: true });
  });

  it('does not carry a conversation along a redirect', async () => {
    const other = await startModelServer();
    const path = provider === 'openai' ? '/v1/chat/completions' : '/v1/messages';
    expect(await failure({ status: 307, headers: { location: other.url + path } })).toMatchObject({
      type: 'model.badAnswer',
    });
    expect(other.calls).toHaveLength(0);
    await other.stop();
  });

  it('stops the call when it is cancelled, with the reason it was given', async () => {
    server.script(() => ({ text: 'half of this', hold: 'half' }));
    const cancel = new AbortController();
    const reason = new Error('the person cancelled');
    const answer = make().stream(request, { signal: cancel.signal, onDelta: () => cancel.abort(reason) });
    await expect(answer).rejects.toBe(reason);
    await server.until(([call]) => call?.state === 'aborted');
  });

  it('does not even ask when it was cancelled before', async () => {
    const reason = new Error('cancelled before');
    const answer = make().stream(request, { signal: AbortSignal.abort(reason), onDelta: () => undefined });
    await expect(answer).rejects.toBe(reason);
    expect(server.calls).toHaveLength(0);
  });

  it('leaves a fault of its caller what it is', async () => {
    const answer = make().stream(request, {
      signal: new AbortController().signal,
      onDelta: () => {
        throw new TypeError('our own mistake');
      },
    });
    await expect(answer).rejects.toThrow(TypeError);
  });
});

describe.each(makers)('the %s client, with nobody there', (provider, make) => {
  it('says that the server cannot be reached', async () => {
    const gone = await startModelServer();
    const { openaiBaseUrl, anthropicBaseUrl } = gone;
    await gone.stop();
    const client =
      provider === 'openai'
        ? new OpenAIClient({ apiKey: KEY, baseUrl: openaiBaseUrl, fetch })
        : new AnthropicClient({ apiKey: KEY, baseUrl: anthropicBaseUrl, fetch });
    expect(make).toBeTypeOf('function');
    const answer = client.stream(request, { signal: new AbortController().signal, onDelta: () => undefined });
    await expect(answer).rejects.toMatchObject({ type: 'model.unavailable', nonRetryable: false });
  });
});
