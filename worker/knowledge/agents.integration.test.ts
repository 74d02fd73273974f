import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inWorkspace } from '#api/database/connect.ts';
import { searchChunks } from '#api/database/knowledge/searchChunks.ts';
import { addMember } from '#api/testing/build.ts';
import type { TestUser } from '#api/testing/openTestApi.ts';
import type { AgentData } from '#workflows/graph/nodes/agent.ts';
import type { CrewGraphInput } from '#workflows/graph/schema.ts';
import {
  addDocument,
  type KnowledgeHouse,
  openKnowledgeHouse,
  untilRead,
} from './testing/openKnowledgeHouse.ts';

const model = 'openai/gpt-4.1-mini';

/** One agent that answers one question. */
const crew = (agent: Partial<AgentData>, description = 'Say what {topic} is about.'): CrewGraphInput => ({
  nodes: [
    {
      id: 'a1',
      kind: 'agent',
      position: { x: 0, y: 0 },
      data: { name: 'Porter', role: 'Porter', goal: 'Know the house', backstory: 'Old', model, ...agent },
    },
    {
      id: 't1',
      kind: 'task',
      position: { x: 0, y: 0 },
      data: { name: 'Answer', description, expectedOutput: 'A sentence' },
    },
  ],
  edges: [{ id: 'e1', kind: 'assigned', from: 'a1', to: 't1' }],
});

describe.each([true, false])('an agent with a library (vectors: %s)', (hasVectors) => {
  let house: KnowledgeHouse;
  let ada: TestUser;
  let base: string;
  beforeAll(async () => {
    house = await openKnowledgeHouse({ hasVectors });
    ada = await house.api.createUser('Ada');
    base = (await ada.trpc.knowledge.create.mutate({ name: 'Theatre' })).id;
    await addDocument(house.api, ada, base, 'handbook.pdf');
    await addDocument(house.api, ada, base, 'contract.docx');
    await untilRead(ada, base, ['ready', 'ready']);
  });
  afterAll(() => house.close());
  beforeEach(() => house.models.script([]));

  const start = async (as: TestUser, graph: CrewGraphInput, inputs: Record<string, string> = {}) => {
    const { id: crewId } = await as.trpc.crews.create.mutate({ name: 'Crew', graph });
    return run(as, crewId, inputs);
  };
  const run = async (as: TestUser, crewId: string, inputs: Record<string, string> = {}) => {
    const { id } = await as.trpc.simulations.start.mutate({ crewId, inputs });
    return ended(as, id);
  };
  const isOver = async (as: TestUser, id: string) =>
    !['queued', 'running', 'waiting'].includes((await as.trpc.simulations.get.query({ id })).status);
  const ended = async (as: TestUser, id: string) => {
    await expect.poll(() => isOver(as, id), { timeout: 30_000 }).toBe(true);
    const simulation = await as.trpc.simulations.get.query({ id });
    expect(simulation).toMatchObject({ status: 'completed', failure: null });
    return simulation;
  };
  const stepsOf = async (as: TestUser, id: string) => (await as.trpc.simulations.steps.query({ id })).items;
  const lastPrompt = () => house.models.calls.at(-1)?.prompt ?? '';

  it('is told what fits its task, from a PDF, as a step that people can see', async () => {
    const { id } = await start(ada, crew({ knowledge: [base], knowledgeThreshold: 0 }), {
      topic: 'the weight in kilograms that the trapdoor carries',
    });
    expect(lastPrompt()).toContain('Additional Information:\n[handbook.pdf]');
    expect(lastPrompt()).toContain('carries at most 240 kilograms');
    expect((await stepsOf(ada, id)).map(({ path, kind, state }) => [path, kind, state])).toEqual([
      ['t1/t1/0/knowledge', 'knowledge', 'completed'],
      ['t1/t1/0/think.1', 'model', 'completed'],
    ]);
    const { items } = await ada.trpc.simulations.events.query({ id });
    expect(items.map(({ type }) => type).slice(0, 3)).toEqual([
      'simulation.started',
      'task.started',
      'step.started',
    ]);
  });

  it('finds a fact of a DOCX by its own search', async () => {
    house.models.script([
      {
        times: 1,
        reply: { toolCalls: [{ name: 'knowledge_search', arguments: { query: 'when is the deposit due' } }] },
      },
    ]);
    const graph = crew({ knowledge: [base], knowledgeThreshold: 1, tools: ['knowledge_search'] });
    const { id } = await start(ada, graph, { topic: 'nothing in particular' });
    expect(lastPrompt()).toContain('[contract.docx, passage 1');
    expect(lastPrompt()).toContain('due on the twelfth of March');
    expect((await stepsOf(ada, id)).at(-2)).toMatchObject({ path: 't1/t1/0/think.1/tool.0', kind: 'tool' });
  });

  it('reads nothing of another workspace, whatever ids it is given', async () => {
    const bob = await house.api.createUser('Bob');
    const started = start(bob, crew({ knowledge: [base] }), { topic: 'the trapdoor' });
    await expect(started).rejects.toMatchObject({ data: { code: 'crew.problems' } });
    // And if it had started: the rows are not there for it.
    const search = { baseIds: [base], query: 'trapdoor', embedding: null, limit: 5, threshold: 0 };
    const found = await Promise.all(
      [ada, bob].map(({ workspace }) =>
        inWorkspace(house.api.database, workspace.id, (transaction) => searchChunks(transaction, search)),
      ),
    );
    expect(found.map(({ length }) => length > 0)).toEqual([true, false]);
  });

  it('forks for free while its library is the same, and reads anew when it has changed', async () => {
    const graph = crew({ knowledge: [base], knowledgeThreshold: 0 });
    const { id } = await start(ada, graph, { topic: 'costumes' });
    const calls = house.models.calls.length;
    const same = await ada.trpc.simulations.fork.mutate({ id });
    await ended(ada, same.id);
    expect(house.models.calls.length).toBe(calls);
    expect((await stepsOf(ada, same.id)).map(({ reusedFrom }) => reusedFrom)).toEqual([
      't1/t1/0/knowledge',
      't1/t1/0/think.1',
    ]);
    const note = await ada.trpc.knowledge.addSource.mutate({
      id: base,
      name: 'Moths',
      text: 'Costumes smell of lavender against moths.',
    });
    await untilRead(ada, base, ['ready', 'ready', 'ready']);
    const anew = await ada.trpc.simulations.fork.mutate({ id });
    await ended(ada, anew.id);
    expect(house.models.calls.length).toBe(calls + 1);
    expect(lastPrompt()).toContain('lavender against moths');
    await ada.trpc.knowledge.removeSource.mutate({ id: base, sourceId: note.items.at(-1)?.id ?? '' });
  });

  describe('that remembers (V54)', () => {
    const learn = (statement: string) => ({
      match: { promptIncludes: 'You keep the memory of a crew' },
      reply: { text: JSON.stringify([{ text: statement, importance: 0.8 }]) },
    });

    it('[1.1 memory] [1.3 memory] tells a later simulation of the same person what it learnt, and nobody else', async () => {
      const eve = await house.api.createUser('Eve');
      const graph = crew({ memory: true }, 'Write to the client about {topic}.');
      const { id: crewId } = await eve.trpc.crews.create.mutate({ name: 'Letters', graph });
      house.models.script([learn('The client drinks green tea only.')]);
      const first = await run(eve, crewId, { topic: 'green tea' });
      expect((await stepsOf(eve, first.id)).map(({ path, kind }) => [path, kind])).toEqual([
        ['t1/t1/0/memory.recall', 'memory'],
        ['t1/t1/0/think.1', 'model'],
        ['t1/t1/0/memory.save', 'memory'],
      ]);
      expect(first.totals.costMicros).toBeGreaterThan(0);
      const asks = () => house.models.calls.filter(({ prompt }) => prompt.includes('Write to the client'));
      expect(asks().at(0)?.prompt).not.toContain('Memories from past conversations');

      const second = await run(eve, crewId, { topic: 'tea for the client' });
      const told = asks().findLast(({ prompt }) => !prompt.includes('You keep the memory'));
      expect(told?.prompt).toContain('# Memories from past conversations:');
      expect(told?.prompt).toMatch(/- \(score=0\.\d\d\) The client drinks green tea only\./);

      // V54: another member of the workspace, who runs the same crew, has memories of their own.
      await addMember(house.api.database, {
        workspaceId: eve.workspace.id,
        userId: ada.user.id,
        role: 'editor',
      });
      const headers = { 'troupe-workspace': eve.workspace.id };
      const started = await house.api.rest('POST /simulations', {
        as: ada,
        headers,
        body: { crewId, inputs: { topic: 'tea for the client' } },
      });
      await ended(eve, String(started.body.id));
      const others = asks().findLast(({ prompt }) => !prompt.includes('You keep the memory'));
      expect(others?.prompt).not.toContain('green tea only');

      // A fork remembers what its parent did, pays nothing, and learns it again for itself.
      const calls = house.models.calls.length;
      const fork = await eve.trpc.simulations.fork.mutate({ id: second.id });
      await ended(eve, fork.id);
      expect(house.models.calls.length).toBe(calls);
      expect((await stepsOf(eve, fork.id)).every(({ reusedFrom }) => reusedFrom !== null)).toBe(true);
    });

    it('keeps and looks up what it wants by tools', async () => {
      house.models.script([
        {
          times: 1,
          reply: {
            toolCalls: [{ name: 'memory_save', arguments: { contents: ['The porter is called Jonas.'] } }],
          },
        },
        { times: 1, reply: { toolCalls: [{ name: 'memory_search', arguments: { queries: ['porter'] } }] } },
      ]);
      await start(ada, crew({ tools: ['memory_save', 'memory_search'] }), { topic: 'the porter' });
      expect(lastPrompt()).toContain('Remembered: 1 of 1.');
      expect(lastPrompt()).toContain('The porter is called Jonas.');
    });

    it('ends its task although nothing can be remembered', async () => {
      house.models.script([
        { match: { promptIncludes: 'You keep the memory of a crew' }, reply: { status: 400 } },
      ]);
      const { id } = await start(ada, crew({ memory: true }), { topic: 'rain' });
      expect((await stepsOf(ada, id)).at(-1)).toMatchObject({
        path: 't1/t1/0/memory.save',
        state: 'completed',
      });
    });
  });
});
