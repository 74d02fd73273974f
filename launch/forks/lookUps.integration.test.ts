import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TestUser } from '#api/testing/openTestApi.ts';
import { textFor } from '#bench/modelServer/answer.ts';
import {
  addDocument,
  type KnowledgeHouse,
  openKnowledgeHouse,
  untilRead,
} from '#worker/knowledge/testing/openKnowledgeHouse.ts';
import { drawCrew, type SketchedAgent } from '#workflows/graph/draw.ts';
import type { ForkInput } from './ForkHouse.ts';

let house: KnowledgeHouse;
let ada: TestUser;
let base: string;
beforeAll(async () => {
  house = await openKnowledgeHouse({ hasVectors: true });
  ada = await house.api.createUser('Ada');
  base = (await ada.trpc.knowledge.create.mutate({ name: 'Theatre' })).id;
  await addDocument(house.api, ada, base, 'handbook.pdf');
  await untilRead(ada, base, ['ready']);
});
afterAll(() => house.close());
beforeEach(() =>
  house.models.script(({ prompt, body }) => {
    const hasTool = JSON.stringify(body.tools ?? []).includes('read_file');
    if (hasTool && !JSON.stringify(body.messages).includes('"role":"tool"'))
      return { toolCalls: [{ name: 'read_file', arguments: { name: 'first.txt' } }] };
    return { text: textFor(prompt, 60) };
  }),
);

const crewOf = (agent: Partial<SketchedAgent>, last = 'Say it again.') =>
  drawCrew({
    agents: [
      {
        id: 'a',
        name: 'A',
        role: 'Porter',
        goal: 'Know',
        backstory: 'Old',
        model: 'openai/gpt-4.1-mini',
        ...agent,
      },
    ],
    tasks: [
      {
        id: 'first',
        name: 'first',
        agent: 'a',
        description: 'Say who works here.',
        expectedOutput: 'It.',
        outputFile: 'first.txt',
        tools: ['calculator'],
      },
      { id: 'second', name: 'second', agent: 'a', description: last, expectedOutput: 'It.' },
    ],
  });

async function ended(id: string) {
  const status = async () => (await ada.trpc.simulations.get.query({ id })).status;
  await expect.poll(status, { timeout: 30_000 }).toBe('completed');
  return id;
}

/** Forks, and holds what it did to what was said before. */
async function forkAsSaid(parent: string, edits: Pick<ForkInput, 'edits' | 'fromPath'> = {}) {
  const preview = await ada.trpc.simulations.previewFork.mutate({ id: parent, ...edits });
  const { id } = await ada.trpc.simulations.fork.mutate({ id: parent, ...edits });
  await ended(id);
  const { items } = await ada.trpc.simulations.steps.query({ id });
  const done = items.map(({ path, reusedFrom }) => [path, reusedFrom !== null]).toSorted();
  expect(done).toEqual(preview.steps.map(({ path, reuse }) => [path, reuse]).toSorted());
  return preview;
}

async function run(agent: Partial<SketchedAgent>) {
  const crew = await ada.trpc.crews.create.mutate({ name: 'Crew', graph: crewOf(agent) });
  const { id } = await ada.trpc.simulations.start.mutate({ crewId: crew.id, inputs: {} });
  return ended(id);
}

const backwards = { edits: { tasks: { second: { description: 'Say it backwards.' } } } };

describe('a preview counts what is looked up as the fork does', () => {
  test('in knowledge bases, until something is added to them', async () => {
    const parent = await run({ knowledge: [base], knowledgeThreshold: 0 });
    expect(await forkAsSaid(parent)).toMatchObject({ reused: 4, rerun: 0 });
    expect(await forkAsSaid(parent, backwards)).toMatchObject({ reused: 2, rerun: 2 });
    await addDocument(house.api, ada, base, 'contract.docx');
    await untilRead(ada, base, ['ready', 'ready']);
    const { steps } = await forkAsSaid(parent);
    expect(steps.filter(({ kind }) => kind === 'knowledge').every(({ reuse }) => !reuse)).toBe(true);
  });

  test('in memory: what is kept anew is read anew', async () => {
    const parent = await run({ memory: true });
    expect(await forkAsSaid(parent)).toMatchObject({ reused: 6, rerun: 0 });
    expect(await forkAsSaid(parent, backwards)).toMatchObject({ reused: 3, rerun: 3 });
  });

  test('in the simulation’s files', async () => {
    const parent = await run({ tools: ['read_file'] });
    expect(await forkAsSaid(parent)).toMatchObject({ reused: 4, rerun: 0 });
    const last = await forkAsSaid(parent, { fromPath: 't1/second/0/think.2' });
    expect(last).toMatchObject({ reused: 3, rerun: 1 });
    // The file is written anew, whatever comes to stand in it.
    const first = await forkAsSaid(parent, { fromPath: 't1/first/0/think.1' });
    expect(first).toMatchObject({ reused: 0, rerun: 4 });
  });
});
