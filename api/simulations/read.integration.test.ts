import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace } from '../database/connect.ts';
import { Contents } from '../database/ledger/contents.ts';
import type { StoredRequest, StoredResponse } from '../database/ledger/stored.ts';
import type { Simulation } from '../database/models/Simulation.ts';
import { SimulationFile } from '../database/models/SimulationFile.ts';
import { Step } from '../database/models/Step.ts';
import { buildSimulation, buildStep, started } from '../testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';

let api: TestApi;
let ada: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  ada = await api.createUser('Ada');
});
afterAll(() => api.close());

const LONG =
  'A text that is long enough to be kept in the table of contents, once, whoever reads it. '.repeat(3);

/** Asked, called a tool, got its result, answered. */
async function buildToolLoop(simulation: Simulation): Promise<void> {
  const { workspaceId, id: simulationId } = simulation;
  const contents = new Contents();
  const request = (over: Partial<StoredRequest>): StoredRequest => ({
    previousPath: null,
    toolPaths: [],
    added: [],
    tools: ['calculator'],
    temperature: null,
    maxTokens: null,
    ...over,
  });
  const response = (text: string, toolCalls: StoredResponse['toolCalls'] = []): StoredResponse => ({
    text: contents.add(text),
    toolCalls,
    finishReason: toolCalls.length > 0 ? 'tool_calls' : 'stop',
  });
  const row = (
    path: string,
    kind: 'model' | 'tool',
    stored: { request: StoredRequest; response: StoredResponse },
  ) => ({
    workspaceId,
    simulationId,
    path,
    nodeId: 't1',
    kind,
    state: 'completed' as const,
    epoch: 1,
    attempt: 1,
    tool: kind === 'tool' ? 'calculator' : null,
    requestHash: `hash of ${path}`,
    startedAt: new Date(),
    endedAt: new Date(),
    ...stored,
  });
  const call = {
    index: 0,
    tool: 'calculator',
    id: 'call_1',
    arguments: contents.add('{"expression":"17+25"}'),
  };
  const rows = [
    row('t1/t1/0/think.1', 'model', {
      request: request({
        added: [
          { role: 'system', parts: [contents.add('You calculate.')] },
          { role: 'user', parts: [contents.add('Add 17 and 25. '), contents.add(LONG)] },
        ],
      }),
      response: response('', [call]),
    }),
    row('t1/t1/0/think.1/tool.0', 'tool', {
      request: request({ arguments: call.arguments, tools: [] }),
      response: response('42'),
    }),
    row('t1/t1/0/think.2', 'model', {
      request: request({ previousPath: 't1/t1/0/think.1', toolPaths: ['t1/t1/0/think.1/tool.0'] }),
      response: response(`${LONG}42`),
    }),
  ];
  await inWorkspace(api.database, workspaceId, async (transaction) => {
    await contents.insert(transaction, workspaceId);
    await Step.bulkCreate(rows, { transaction });
    await SimulationFile.create(
      {
        workspaceId,
        simulationId,
        name: 'out/sum.md',
        path: 't1/t1/0/think.2',
        sha256: Buffer.alloc(32),
        size: LONG.length + 2,
      },
      { transaction },
    );
  });
}

describe('simulations.get', () => {
  it('shows output, files and sums of what was really sent', async () => {
    const simulation = await buildSimulation(api.database, {
      owner: ada,
      events: [
        started,
        { key: 'completed', type: 'simulation.completed', data: { outputPath: 't1/t2/0/think.1' } },
      ],
    });
    await buildStep(api.database, { simulation, path: 't1/t1/0/think.1', nodeId: 't1' });
    await buildStep(api.database, { simulation, path: 't1/t2/0/think.1', nodeId: 't2', answer: LONG });
    const view = await ada.trpc.simulations.get.query({ id: simulation.id });
    expect(view).toMatchObject({
      status: 'completed',
      output: LONG,
      totals: {
        modelCalls: 2,
        toolCalls: 0,
        inputTokens: 20,
        outputTokens: 10,
        costMicros: 84,
        reusedSteps: 0,
      },
      lastSeq: 2,
    });
    expect(view.startedAt).not.toBeNull();
    expect(view.endedAt).not.toBeNull();
    const { body } = await api.rest(`GET /simulations/${simulation.id}`, { as: ada });
    expect(body).toEqual(view);
  });
});

describe('simulations.steps', () => {
  it('pages in the order in which they began', async () => {
    const simulation = await buildSimulation(api.database, { owner: ada, events: [started] });
    for (let number = 1; number <= 5; number += 1) {
      await buildStep(api.database, { simulation, path: `t1/t1/0/think.${number}`, nodeId: 't1' });
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await api.rest(`GET /simulations/${simulation.id}/steps?limit=2${query}`, { as: ada });
      const page = body as { items: { path: string }[]; nextCursor: string | null };
      seen.push(...page.items.map((item) => item.path));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual([1, 2, 3, 4, 5].map((number) => `t1/t1/0/think.${number}`));
    const bad = await api.rest(`GET /simulations/${simulation.id}/steps?cursor=x`, { as: ada });
    expect(bad.status).toBe(400);
  });
});

describe('simulations.step', () => {
  it('opens a model step with the whole conversation as it was sent', async () => {
    const simulation = await buildSimulation(api.database, { owner: ada, events: [started] });
    await buildToolLoop(simulation);
    const step = await ada.trpc.simulations.step.query({ id: simulation.id, path: 't1/t1/0/think.2' });
    expect(step).toMatchObject({
      messages: [
        { role: 'system', content: 'You calculate.', toolCalls: [] },
        { role: 'user', content: `Add 17 and 25. ${LONG}`, toolCalls: [] },
        {
          role: 'assistant',
          content: '',
          toolCalls: [{ name: 'calculator', arguments: '{"expression":"17+25"}' }],
        },
        { role: 'tool', content: '42', toolCalls: [] },
      ],
      offeredTools: ['calculator'],
      toolArguments: null,
      answer: `${LONG}42`,
      toolCalls: [],
      finishReason: 'stop',
      partial: null,
    });
  });

  it('opens a tool step with its arguments and result', async () => {
    const simulation = await buildSimulation(api.database, { owner: ada, events: [started] });
    await buildToolLoop(simulation);
    const step = await ada.trpc.simulations.step.query({
      id: simulation.id,
      path: 't1/t1/0/think.1/tool.0',
    });
    expect(step).toMatchObject({
      kind: 'tool',
      tool: 'calculator',
      messages: [],
      toolArguments: '{"expression":"17+25"}',
      answer: '42',
    });
  });

  it('lists each request that was made for it', async () => {
    const simulation = await buildSimulation(api.database, { owner: ada, events: [started] });
    await buildStep(api.database, { simulation, path: 't1/t1/0/think.1', nodeId: 't1' });
    const step = await ada.trpc.simulations.step.query({ id: simulation.id, path: 't1/t1/0/think.1' });
    expect(step.calls).toMatchObject([{ epoch: 1, attempt: 1, state: 'answered', costMicros: 42 }]);
  });

  it.each(['', 'nothing', '__proto__', '../x'])('knows no step called %j', async (path) => {
    const simulation = await buildSimulation(api.database, { owner: ada, events: [started] });
    await expect(ada.trpc.simulations.step.query({ id: simulation.id, path })).rejects.toMatchObject({
      data: { code: 'notFound' },
    });
  });
});

describe('simulations.file', () => {
  it('gives the text that a task was asked to keep', async () => {
    const simulation = await buildSimulation(api.database, { owner: ada, events: [started] });
    await buildToolLoop(simulation);
    const { files } = await ada.trpc.simulations.get.query({ id: simulation.id });
    expect(files).toEqual([{ name: 'out/sum.md', size: LONG.length + 2, path: 't1/t1/0/think.2' }]);
    const file = await ada.trpc.simulations.file.query({ id: simulation.id, name: 'out/sum.md' });
    expect(file).toEqual({ name: 'out/sum.md', size: LONG.length + 2, text: `${LONG}42` });
    await expect(
      ada.trpc.simulations.file.query({ id: simulation.id, name: '../../etc/passwd' }),
    ).rejects.toMatchObject({ data: { code: 'notFound' } });
  });
});
