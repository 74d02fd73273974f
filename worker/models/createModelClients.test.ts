import { ApplicationFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { startModelServer } from '#bench/modelServer/modelServer.ts';
import { AnthropicClient } from './anthropic.ts';
import { createModelClients } from './createModelClients.ts';
import { DemoClient } from './demo.ts';
import { OpenAIClient } from './openai.ts';

describe('createModelClients', () => {
  it('finds who answers for a model', () => {
    const { clientFor } = createModelClients({ openaiApiKey: 'a', anthropicApiKey: 'b' });
    expect(clientFor('openai/gpt-4o')).toBeInstanceOf(OpenAIClient);
    expect(clientFor('gpt-4o')).toBeInstanceOf(OpenAIClient);
    expect(clientFor('claude-haiku-5-5')).toBeInstanceOf(AnthropicClient);
    expect(clientFor('demo/stand-in')).toBeInstanceOf(DemoClient);
  });

  it('needs no key for the demo, or for a server with an address of its own', () => {
    expect(createModelClients({}).clientFor('demo/x')).toBeInstanceOf(DemoClient);
    const local = createModelClients({ openaiBaseUrl: 'http://127.0.0.1:11434/v1' });
    expect(local.clientFor('openai/llama3')).toBeInstanceOf(OpenAIClient);
  });

  it.each([
    ['openai/gpt-4o', 'model.noKey', 'OPENAI_API_KEY'],
    ['claude-haiku-5-5', 'model.noKey', 'ANTHROPIC_API_KEY'],
    ['ollama/llama3', 'model.notFound', 'provider/model'],
    ['', 'model.notFound', 'provider/model'],
  ])('says what is missing for %j', (name, type, words) => {
    const { clientFor } = createModelClients({ openaiApiKey: '' });
    const find = () => clientFor(name);
    expect(find).toThrow(ApplicationFailure);
    expect(find).toThrow(words);
    expect(find).toThrow(expect.objectContaining({ type, nonRetryable: true }));
  });

  it('reaches Anthropic also by an address that ends with its version', async () => {
    const server = await startModelServer();
    const { clientFor } = createModelClients({ anthropicBaseUrl: `${server.anthropicBaseUrl}/v1` });
    const answer = await clientFor('anthropic/test').stream(
      { model: 'test', messages: [{ role: 'user', content: 'Hello' }], tools: [], parameters: {} },
      { signal: new AbortController().signal, onDelta: () => undefined },
    );
    expect(answer.text).toContain('Answer');
    await server.stop();
  });
});
