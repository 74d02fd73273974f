import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Edited, insertTaskOnEdge } from '#workflows/graph/connect.ts';
import { drawCrew } from '#workflows/graph/draw.ts';
import { moveNodes, updateNode } from '#workflows/graph/edit.ts';
import { TaskData } from '#workflows/graph/nodes/task.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { ForkHouse, withModel } from './ForkHouse.ts';

let house: ForkHouse;
beforeAll(async () => {
  house = await ForkHouse.open();
});
afterEach(() => house.models.reset());
afterAll(() => house.close());

const agent = (id: string) => ({ id, name: id, role: id, goal: `Be a good ${id}`, backstory: 'Works.' });
const task = (id: string, by: string, reads: string[] = []) => ({
  id,
  name: id,
  agent: by,
  description: `Do ${id}.`,
  expectedOutput: 'A word.',
  reads,
});

/** Four tasks, each with an agent of its own. */
const diamond = withModel(
  drawCrew({
    process: 'parallel',
    agents: ['starter', 'lefty', 'righty', 'joiner'].map(agent),
    tasks: [
      task('start', 'starter'),
      task('left', 'lefty', ['start']),
      task('right', 'righty', ['start']),
      task('join', 'joiner', ['left', 'right']),
    ],
  }),
);

/** What a command of the canvas made of a crew. */
function edited(edit: Edited): CrewGraph {
  if ('refused' in edit) throw new Error(edit.refused.message);
  return edit.graph;
}

const changedAgent = { edits: { agents: { lefty: { goal: 'Be quite another' } } } };

describe('a changed agent in a diamond', () => {
  test('pays 2 calls and reuses 2, and the preview said so', async () => {
    const parent = await house.run(diamond);
    const log = await house.log(parent);
    const fork = await house.fork(parent, changedAgent);
    expect(fork.preview).toMatchObject({ reused: 2, rerun: 2, modelCalls: 2, edited: 0 });
    expect(fork.preview.steps.map(({ nodeId, reuse }) => [nodeId, reuse])).toEqual([
      ['start', true],
      ['left', false],
      ['right', true],
      ['join', false],
    ]);
    expect(fork).toMatchObject({ ended: 'completed', paid: 2 });
    const view = await house.simulations.get.query({ id: fork.id });
    expect(view.totals).toMatchObject({ modelCalls: 2, reusedSteps: 2 });
    expect(view.forkedFrom).toBe(parent);
    expect(view.totals.costMicros).toBeGreaterThan(0);
    expect(view.totals.costMicros).toBeLessThanOrEqual(fork.preview.maxCostMicros ?? 0);
    expect(await house.log(parent)).toBe(log);
  });

  test('the same in a fork of the fork, of another agent', async () => {
    const parent = await house.run(diamond);
    const first = await house.fork(parent, changedAgent);
    const second = await house.fork(first.id, { edits: { agents: { righty: { goal: 'Be otherwise' } } } });
    expect(second).toMatchObject({ paid: 2, preview: { reused: 2, rerun: 2 } });
    const back = await house.fork(second.id);
    expect(back).toMatchObject({ paid: 0, preview: { reused: 4, rerun: 0, maxCostMicros: 0 } });
  });

  test('the same after moving nodes and renaming a task and an agent', async () => {
    const parent = await house.run(diamond);
    const moved = moveNodes(diamond, new Map(diamond.nodes.map(({ id }, n) => [id, { x: n * 50, y: -n }])));
    const graph = {
      ...moved,
      nodes: moved.nodes.map((node) =>
        node.kind === 'note' ? node : { ...node, data: { ...node.data, name: `${node.data.name} renamed` } },
      ),
    } as typeof diamond;
    expect(await house.fork(parent, { graph })).toMatchObject({ paid: 0, preview: { reused: 4, rerun: 0 } });
    const fork = await house.fork(parent, { graph, ...changedAgent });
    expect(fork).toMatchObject({ paid: 2, preview: { reused: 2, rerun: 2 } });
  });

  test('a task inserted before it costs its own call besides', async () => {
    const parent = await house.run(diamond);
    const graph = withModel(
      drawCrew({
        process: 'parallel',
        agents: ['starter', 'lefty', 'righty', 'joiner'].map(agent),
        tasks: [
          task('start', 'starter'),
          task('extra', 'starter', ['start']),
          task('left', 'lefty', ['start', 'extra']),
          task('right', 'righty', ['start']),
          task('join', 'joiner', ['left', 'right']),
        ],
      }),
    );
    const fork = await house.fork(parent, { graph, ...changedAgent });
    expect(fork).toMatchObject({ paid: 3, preview: { reused: 2, rerun: 3 } });
  });

  test('the same in a fork of a fork, with a task inserted before it, another renamed and all moved', async () => {
    const parent = await house.run(diamond);
    const log = await house.log(parent);
    const first = await house.fork(parent, { edits: { agents: { righty: { goal: 'Be otherwise' } } } });
    expect(first).toMatchObject({ paid: 2, preview: { reused: 2, rerun: 2 } });
    const firstLog = await house.log(first.id);
    const { graph: before } = await house.simulations.get.query({ id: first.id });

    const line = before.edges.find(({ from, to }) => from === 'start' && to === 'left');
    const extra = TaskData.parse({ name: 'Extra', description: 'Do extra.', expectedOutput: 'A word.' });
    const place = { id: 'extra', position: { x: 10, y: 20 }, data: extra };
    const longer = edited(insertTaskOnEdge(before, line?.id ?? '', place, randomUUID));
    const assigned = edited(connect(longer, { from: 'starter', to: 'extra' }, randomUUID));
    const renamed = updateNode(assigned, { id: 'right', kind: 'task', data: { name: 'Right, renamed' } });
    const graph = moveNodes(renamed, new Map(renamed.nodes.map(({ id }, n) => [id, { x: -n * 40, y: n }])));

    const second = await house.fork(first.id, { graph, ...changedAgent });
    expect(second).toMatchObject({ ended: 'completed', paid: 3, preview: { reused: 2, rerun: 3 } });
    expect(second.preview.steps.map(({ nodeId, reuse }) => [nodeId, reuse])).toEqual([
      ['start', true],
      ['right', true],
      ['extra', false],
      ['left', false],
      ['join', false],
    ]);
    expect(await house.log(parent)).toBe(log);
    expect(await house.log(first.id)).toBe(firstLog);
  });
});
