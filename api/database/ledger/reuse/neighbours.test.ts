import { describe, expect, it } from 'vitest';
import { compileGraph } from '#workflows/graph/compile.ts';
import { drawCrew } from '#workflows/graph/draw.ts';
import { asyncJoin, chain, diamond, parallelJoin } from '#workflows/graph/examples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { cutPlan, tasksAfter } from './neighbours.ts';

const compile = (graph: CrewGraph) => compileGraph(graph, { defaultModel: 'demo/x' });
const idsOf = (graph: CrewGraph, nodeId: string) =>
  cutPlan(compile(graph), nodeId).tasks.map((task) => task.nodeId);

/** No lines: each reads all before it. */
const autoChain = drawCrew({
  agents: [{ id: 'w', name: 'w' }],
  tasks: ['a', 'b', 'c', 'd'].map((id) => ({ id, name: id, agent: 'w', description: id })),
});

describe('tasksAfter', () => {
  it('names what reads a task or waits for it, through others too', () => {
    expect(tasksAfter(compile(diamond), 'left')).toEqual(['join']);
    expect(tasksAfter(compile(diamond), 'start')).toEqual(['left', 'right', 'join']);
    expect(tasksAfter(compile(diamond), 'join')).toEqual([]);
    expect(tasksAfter(compile(chain(4)), 't2')).toEqual(['t3', 't4']);
    expect(tasksAfter(compile(autoChain), 'b')).toEqual(['c', 'd']);
    expect(tasksAfter(compile(asyncJoin), 'second')).toEqual(['last']);
    expect(tasksAfter(compile(diamond), 'nobody')).toEqual([]);
  });
});

describe('cutPlan', () => {
  it('leaves a task with those it needs', () => {
    expect(idsOf(diamond, 'left')).toEqual(['start', 'left']);
    expect(idsOf(chain(4), 't2')).toEqual(['t1', 't2']);
    expect(idsOf(autoChain, 'c')).toEqual(['a', 'b', 'c']);
    expect(idsOf(parallelJoin(3), 't2')).toEqual(['t2']);
    expect(idsOf(parallelJoin(3), 'join')).toEqual(['t1', 't2', 't3', 'join']);
  });

  it('leaves the agents who do these', () => {
    const graph = drawCrew({
      process: 'parallel',
      agents: [
        { id: 'a', name: 'a' },
        { id: 'b', name: 'b' },
      ],
      tasks: [
        { id: 'x', name: 'x', agent: 'a', description: 'x' },
        { id: 'y', name: 'y', agent: 'b', description: 'y' },
      ],
    });
    expect(cutPlan(compile(graph), 'y').agents.map(({ nodeId }) => nodeId)).toEqual(['b']);
  });
});
