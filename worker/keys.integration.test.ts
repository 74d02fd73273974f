import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chain, parallelJoin } from '#workflows/graph/examples.ts';
import { keepCredential, removeCredential } from './testing/credentials.ts';
import { setUpEngine, type TestEngine } from './testing/setUpEngine.ts';

let { engine, models, tearDown }: Partial<TestEngine> = {};
const at = () => {
  if (!engine || !models) throw new Error('The engine is not up');
  return { engine, models };
};
beforeAll(async () => {
  ({ engine, models, tearDown } = await setUpEngine());
});
afterEach(() => models?.reset());
afterAll(() => tearDown?.());

const MODEL = 'custom/ours/some-model';

/** A simulation that is ready, in a workspace with a model server of its own. */
async function prepareWithKey(graph: ReturnType<typeof chain>, secret: string) {
  const { engine, models } = at();
  const { start, workspaceId } = await engine.prepareIn({ graph, model: MODEL });
  const id = await keepCredential(engine.database, {
    workspaceId,
    provider: 'openai-compatible',
    slug: 'ours',
    url: models.openaiBaseUrl,
    origin: models.url,
    name: 'Ours',
    secret,
  });
  return { start, workspaceId, id };
}

describe('a workspace with a key of its own', () => {
  test('pays with it, and nothing that is stored or said holds it', async () => {
    const { models } = at();
    const secret = 'sk-of-this-workspace-4411';
    models.script((call) => ({ text: `I was asked with ${call.key}.`, chunks: { count: 9 } }));
    const { start } = await prepareWithKey(chain(2), secret);
    const simulation = await start();
    expect((await simulation.ended()).status).toBe('completed');
    expect(models.calls.map(({ key }) => key)).toEqual([secret, secret]);
    expect(models.calls[1]?.prompt).toContain('I was asked with [secret:Ours].');
    const said = JSON.stringify([
      await simulation.events(),
      await simulation.select('select * from steps where simulation_id = $1'),
      await simulation.select('select c.* from contents c, simulations s where s.id = $1'),
    ]);
    expect(said).not.toContain(secret);
    expect(said).toContain('[secret:Ours]');
  });

  test('is told when the key was taken away, and goes on with another', async () => {
    const { engine, models } = at();
    const { start, workspaceId, id } = await prepareWithKey(chain(1), 'sk-taken-away-1234');
    await removeCredential(engine.database, { workspaceId, id });
    const simulation = await start();
    expect(await simulation.ended()).toMatchObject({ status: 'failed', failure: { code: 'model.noKey' } });
    expect(models.calls).toHaveLength(0);
  });
});

describe('a provider that asks to wait', () => {
  test('is asked once: the others wait with it, use up nothing, and say so', async () => {
    const { models } = at();
    let refused = false;
    models.script(() => {
      if (refused) return undefined;
      refused = true;
      return { status: 429, headers: { 'retry-after': '3' } };
    });
    const { start } = await prepareWithKey(parallelJoin(1), 'sk-limited-5566-7788');
    const first = await start();
    await first.event(({ type }) => type === 'step.failed');
    const pausedAt = Date.now();
    const second = await (await prepareSibling(first.workspaceId))();
    const waiting = await second.event(({ type }) => type === 'simulation.waiting');
    expect(waiting.data).toMatchObject({ waitingFor: { kind: 'provider', by: 'the model server' } });
    expect(models.calls).toHaveLength(1);
    expect((await second.ended()).status).toBe('completed');
    expect(Date.now() - pausedAt).toBeGreaterThan(2_000);
    const calls = await second.select<{ state: string; attempt: number }>(
      'select state, attempt from calls where simulation_id = $1',
    );
    expect(calls.every(({ state }) => state === 'answered')).toBe(true);
    expect((await first.ended()).status).toBe('completed');
  });

  async function prepareSibling(workspaceId: string) {
    const { start } = await at().engine.prepareIn({ graph: chain(1), model: MODEL, workspaceId });
    return start;
  }
});
