import { ApplicationFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { CredentialRefused } from '#api/database/secrets/CredentialRefused.ts';
import type { UsableCredential } from '#api/database/secrets/findCredentials.ts';
import { startModelServer } from '#bench/modelServer/modelServer.ts';
import type { CredentialSource } from '../credentials/CredentialSource.ts';
import { limitsAlone, sourceOf } from '../testing/credentials.ts';
import { createModelClients, type ModelSettings } from './createModelClients.ts';
import { DemoClient } from './demo.ts';
import type { ModelClient } from './ModelClient.ts';

const STEP = { workspaceId: 'a workspace', simulationId: 'a simulation' };
const REQUEST = {
  model: 'test',
  messages: [{ role: 'user', content: 'Hello' }],
  tools: [],
  parameters: {},
} as const;

interface Sent {
  readonly url: string;
  readonly authorization: string | null;
  readonly key: string | null;
}

/** Clients whose requests go nowhere and are written down. */
function clientsOf(settings: Partial<ModelSettings> = {}) {
  const sent: Sent[] = [];
  const { clientFor } = createModelClients({
    operatorModels: 'all',
    credentials: sourceOf(),
    providerLimits: limitsAlone(),
    fetch: async (input, init) => {
      const headers = new Headers(init?.headers);
      sent.push({
        url: String(input),
        authorization: headers.get('authorization'),
        key: headers.get('x-api-key'),
      });
      return new Response('{}', { status: 401 });
    },
    ...settings,
  });
  return { clientFor: (name: string, step = STEP) => clientFor(step, name), sent };
}

const ask = (client: ModelClient) =>
  client
    .stream(REQUEST, { signal: new AbortController().signal, onDelta: () => undefined })
    .catch((error: unknown) => error);

const usable = (given: Partial<UsableCredential>): UsableCredential => ({
  id: 'c1',
  provider: 'openai',
  slug: null,
  url: null,
  origins: ['https://api.openai.com'],
  secretAt: new Date(),
  ...given,
});

const sourceWith = (credential: UsableCredential, value: string): CredentialSource =>
  sourceOf({
    find: async () => [credential],
    reveal: async ({ origin }) => {
      if (!credential.origins.includes(origin))
        throw new CredentialRefused('credential.otherOrigin', credential.id);
      const { id, provider, url } = credential;
      return { id, provider, url, value, name: 'Ours', header: 'Authorization', prefix: '', username: null };
    },
  });

describe('the operator’s keys', () => {
  it.each([
    ['openai/gpt-4o', 'https://api.openai.com/v1/chat/completions'],
    ['gpt-4o', 'https://api.openai.com/v1/chat/completions'],
    ['claude-haiku-5-5', 'https://api.anthropic.com/v1/messages'],
  ])('answer for %s', async (name, url) => {
    const { clientFor, sent } = clientsOf({ openaiApiKey: 'sk-operator', anthropicApiKey: 'sk-operator' });
    await ask(await clientFor(name));
    expect(sent[0]?.url.split('?')[0]).toBe(url);
    expect(`${sent[0]?.authorization} ${sent[0]?.key}`).toContain('sk-operator');
  });

  it('are not needed for the demo, or for a server with an address of its own', async () => {
    expect(await clientsOf().clientFor('demo/x')).toBeInstanceOf(DemoClient);
    const { clientFor, sent } = clientsOf({ openaiBaseUrl: 'http://127.0.0.1:11434/v1' });
    await ask(await clientFor('openai/llama3'));
    expect(sent[0]?.url).toBe('http://127.0.0.1:11434/v1/chat/completions');
  });

  it('answer for nobody when the operator says so', async () => {
    const { clientFor } = clientsOf({
      operatorModels: 'none',
      openaiApiKey: 'sk-operator',
      openaiBaseUrl: 'http://x',
    });
    await expect(clientFor('openai/gpt-4o')).rejects.toMatchObject({ type: 'model.noKey' });
    expect(await clientFor('demo/x')).toBeInstanceOf(DemoClient);
  });

  it.each([
    ['openai/gpt-4o', 'model.noKey', 'no key for OpenAI'],
    ['claude-haiku-5-5', 'model.noKey', 'no key for Anthropic'],
    ['custom/ours/llama3', 'model.noKey', 'no model server named "ours"'],
    ['ollama/llama3', 'model.notFound', 'provider/model'],
    ['', 'model.notFound', 'provider/model'],
  ])('say what is missing for %j', async (name, type, words) => {
    const refused = await clientsOf({ openaiApiKey: '' })
      .clientFor(name)
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ApplicationFailure);
    expect(refused).toMatchObject({ type, nonRetryable: true, message: expect.stringContaining(words) });
  });

  it('reach Anthropic also by an address that ends with its version', async () => {
    const server = await startModelServer();
    const { clientFor } = clientsOf({ anthropicBaseUrl: `${server.anthropicBaseUrl}/v1`, fetch });
    expect(await ask(await clientFor('anthropic/test'))).toMatchObject({
      text: expect.stringContaining('Answer'),
    });
    await server.stop();
  });
});

describe('a workspace’s own key', () => {
  it('comes before the operator’s, and goes to its own provider whatever address the operator has', async () => {
    const { clientFor, sent } = clientsOf({
      openaiApiKey: 'sk-operator',
      openaiBaseUrl: 'http://127.0.0.1:1/v1',
      credentials: sourceWith(usable({}), 'sk-ours'),
    });
    await ask(await clientFor('openai/gpt-4o'));
    expect(sent).toEqual([
      { url: 'https://api.openai.com/v1/chat/completions', authorization: 'Bearer sk-ours', key: null },
    ]);
  });

  it('of one provider is not sent to another', async () => {
    const { clientFor, sent } = clientsOf({ credentials: sourceWith(usable({}), 'sk-ours') });
    await expect(clientFor('anthropic/claude-haiku-5-5')).rejects.toMatchObject({ type: 'model.noKey' });
    expect(sent).toEqual([]);
  });

  it('of a model server answers for models by its name', async () => {
    const ours = usable({
      provider: 'openai-compatible',
      slug: 'ours',
      url: 'https://models.example/v1',
      origins: ['https://models.example'],
    });
    const { clientFor, sent } = clientsOf({ credentials: sourceWith(ours, 'sk-ours') });
    await ask(await clientFor('custom/ours/meta/llama'));
    expect(sent[0]).toMatchObject({
      url: 'https://models.example/v1/chat/completions',
      authorization: 'Bearer sk-ours',
    });
    await expect(clientFor('custom/theirs/llama')).rejects.toMatchObject({ type: 'model.noKey' });
  });

  it('that was taken away in the last moment is said to be so', async () => {
    const gone = sourceOf({
      find: async () => [usable({})],
      reveal: async () => {
        throw new CredentialRefused('credential.missing', 'c1');
      },
    });
    const { clientFor } = clientsOf({ credentials: gone });
    await expect(clientFor('openai/gpt-4o')).rejects.toMatchObject({
      type: 'credential.missing',
      nonRetryable: true,
    });
  });

  it('never comes back in an answer, in its pieces, or in a failure', async () => {
    const server = await startModelServer();
    const value = 'sk-canary-5544-7788-9911';
    server.script([{ reply: { text: `Your key is ${value}, really ${value}.`, chunks: { count: 40 } } }]);
    const ours = usable({
      provider: 'openai-compatible',
      slug: 'ours',
      url: server.openaiBaseUrl,
      origins: [server.url],
    });
    const { clientFor } = clientsOf({ credentials: sourceWith(ours, value), fetch });
    const pieces: string[] = [];
    const client = await clientFor('custom/ours/x');
    const answer = await client.stream(REQUEST, {
      signal: new AbortController().signal,
      onDelta: (text) => pieces.push(text),
    });
    expect(server.calls[0]?.key).toBe(value);
    expect(answer.text).toBe('Your key is [secret:Ours], really [secret:Ours].');
    expect(pieces.join('')).toBe(answer.text);

    server.script([{ reply: { status: 401, error: { message: `Bad key ${value}` } } }]);
    expect(JSON.stringify(await ask(client))).not.toContain(value);
    await server.stop();
  });
});
