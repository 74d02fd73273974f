import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODELS } from '#workflows/catalogue/models.ts';
import { buildCrew } from '../testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';
import { NO_OPERATOR_MODELS, operatorModelsOf } from './operatorModels.ts';
import type { ModelsView } from './schema.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const list = (as: TestUser, crewId?: string): Promise<ModelsView> =>
  as.trpc.models.list.query(crewId === undefined ? {} : { crewId });
const throughOf = ({ items }: ModelsView, provider: string) =>
  new Set(
    items
      .filter((item) => item.provider === provider)
      .map(({ through, usable }) => (usable ? through : 'none')),
  );

describe('models.list', () => {
  it('has every model of the catalogue, with what is known of it, and says what needs a key', async () => {
    const ada = await api.createUser();
    const models = await list(ada);
    expect(models.items.map(({ name }) => name)).toEqual(
      expect.arrayContaining(MODELS.map(({ provider, model }) => `${provider}/${model}`)),
    );
    expect(models.items.find(({ name }) => name === 'openai/gpt-4.1-mini')).toMatchObject({
      usable: false,
      through: null,
      contextTokens: 1_047_576,
      price: { input: 400_000, output: 1_600_000 },
      longInput: null,
      capabilities: { tools: true, temperature: true },
    });
    expect(throughOf(models, 'demo')).toEqual(new Set(['demo']));
    expect(throughOf(models, 'anthropic')).toEqual(new Set(['none']));
    expect((await api.rest('GET /models', { as: ada })).status).toBe(200);
  });

  it('knows the workspace’s keys and one’s own, for the crews that may use them', async () => {
    const ada = await api.createUser();
    const [crew, other] = [
      await buildCrew(api.database, { owner: ada }),
      await buildCrew(api.database, { owner: ada }),
    ];
    const { create } = ada.trpc.credentials;
    await create.mutate({
      name: 'O',
      provider: 'openai',
      secret: 'sk-1',
      allCrews: false,
      crewIds: [crew.id],
    });
    await create.mutate({ name: 'A', provider: 'anthropic', secret: 'sk-2', owner: 'me' });
    await create.mutate({
      name: 'Our server',
      provider: 'openai-compatible',
      secret: 'sk-3',
      url: 'https://m.example/v1',
    });
    const all = await list(ada);
    expect([throughOf(all, 'openai'), throughOf(all, 'anthropic')]).toEqual([
      new Set(['workspace']),
      new Set(['me']),
    ]);
    expect(all.servers).toEqual([{ prefix: 'custom/our-server/', title: 'Our server' }]);
    expect(throughOf(await list(ada, crew.id), 'openai')).toEqual(new Set(['workspace']));
    expect(throughOf(await list(ada, other.id), 'openai')).toEqual(new Set(['none']));
    expect(JSON.stringify(await list(await api.createUser('Bob')))).not.toContain('our-server');
  });
});

describe('the operator’s keys', () => {
  it.each([
    [{ OPENAI_API_KEY: 'sk' }, { openai: 'official', anthropic: null }],
    [{ OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1' }, { openai: 'server', anthropic: null }],
    [
      { ANTHROPIC_API_KEY: 'sk', ANTHROPIC_BASE_URL: 'https://api.anthropic.com/v1' },
      { openai: null, anthropic: 'official' },
    ],
  ])('of %j open %j', (env, models) => {
    expect(operatorModelsOf({ OPERATOR_MODELS: 'all', ...env })).toEqual(models);
    expect(operatorModelsOf({ OPERATOR_MODELS: 'none', ...env })).toEqual(NO_OPERATOR_MODELS);
  });
});
