import { describe, expect, it } from 'vitest';
import { compileGraph } from '#workflows/graph/compile.ts';
import { drawCrew } from '#workflows/graph/draw.ts';
import { asyncJoin, chain, diamond, parallelJoin } from '#workflows/graph/examples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { controlledCrew } from '../../../testing/controlledCrew.ts';
import { cutPlan, nodesAfter } from './neighbours.ts';

const compile = (graph: CrewGraph) => compileGraph(graph, { defaultModel: 'demo/x' });
const idsOf = (graph: CrewGraph, nodeId: string) =>
  cutPlan(compile(graph), nodeId).tasks.map((task) => task.nodeId);

/** No lines: each reads all before it. */
const autoChain = drawCrew({
  agents: [{ id: 'w', name: 'w' }],
  tasks: ['a', 'b', 'c', 'd'].map((id) => ({ id, name: id, agent: 'w', description: id })),
});

describe('nodesAfter', () => {
  it('names what reads a task or waits for it, through others too', () => {
    expect(nodesAfter(compile(diamond), 'left')).toEqual(['join']);
    expect(nodesAfter(compile(diamond), 'start')).toEqual(['left', 'right', 'join']);
    expect(nodesAfter(compile(diamond), 'join')).toEqual([]);
    expect(nodesAfter(compile(chain(4)), 't2')).toEqual(['t3', 't4']);
    expect(nodesAfter(compile(autoChain), 'b')).toEqual(['c', 'd']);
    expect(nodesAfter(compile(asyncJoin), 'second')).toEqual(['last']);
    expect(nodesAfter(compile(diamond), 'nobody')).toEqual([]);
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

describe('of a crew that decides and repeats', () => {
  const plan = compile(controlledCrew);
  const cut = (nodeId: string) => {
    const { tasks, controls = [], blocks = [] } = cutPlan(plan, nodeId);
    return {
      tasks: tasks.map((task) => task.nodeId),
      controls: controls.map((control) => control.nodeId),
      blocks: blocks.map(({ id, nodeIds }) => [id, nodeIds]),
    };
  };

  it('what comes after a node is all that it may lead to, with what is inside', () => {
    expect(nodesAfter(plan, 'first')).toEqual([
      ...['each', 'read', 'judge'],
      ...['middle', 'way', 'left', 'right', 'last'],
    ]);
    expect(nodesAfter(plan, 'read')).toEqual(['judge']);
    expect(nodesAfter(plan, 'way')).toEqual(['left', 'right', 'last']);
    expect(nodesAfter(plan, 'aside')).toEqual([]);
  });

  it('a task is left with the decisions that lead to it, and with whole maps that it reads', () => {
    expect(cut('aside')).toEqual({ tasks: ['aside'], controls: [], blocks: [] });
    expect(cut('left')).toEqual({
      tasks: ['first', 'middle', 'left', 'read', 'judge'],
      controls: ['each', 'way'],
      blocks: [
        [null, ['first', 'each', 'middle', 'way', 'left']],
        ['each', ['read', 'judge']],
      ],
    });
  });

  it('inside a map it is left with what it needs there, and with the map', () => {
    expect(cut('read')).toEqual({
      tasks: ['first', 'read'],
      controls: ['each'],
      blocks: [
        [null, ['first', 'each']],
        ['each', ['read']],
      ],
    });
  });
});
