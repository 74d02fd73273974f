import { describe, expect, it } from 'vitest';
import { connect } from '#workflows/graph/connect.ts';
import { moveNodes, updateNode } from '#workflows/graph/edit.ts';
import { chain, diamond, parallelJoin } from '#workflows/graph/examples.ts';
import { nothing } from '../store/selection.ts';
import { keyMoves, selectionAfter } from './fromFlow.ts';
import { toFlowEdges, toFlowNodes } from './toFlow.ts';

describe('toFlow', () => {
  it('gives every node its kind, its size and who plays in it', () => {
    const nodes = toFlowNodes(diamond, nothing);
    expect(nodes.map(({ type }) => type)).toEqual(['agent', 'task', 'task', 'task', 'task']);
    expect(nodes[1]).toMatchObject({
      width: 222,
      height: 164,
      data: { member: { name: 'Worker', index: 0 } },
    });
  });

  it('draws only what changed again', () => {
    const before = toFlowNodes(diamond, nothing);
    const moved = moveNodes(diamond, new Map([['left', { x: 1, y: 2 }]]));
    const after = toFlowNodes(moved, nothing, before);
    expect(after.filter((node, place) => node !== before[place]).map(({ id }) => id)).toEqual(['left']);
    expect(after.find(({ id }) => id === 'left')?.data).toBe(before.find(({ id }) => id === 'left')?.data);
  });

  it('draws the tasks of an agent again when its name changes', () => {
    const before = toFlowNodes(diamond, nothing);
    const renamed = updateNode(diamond, { id: 'worker', kind: 'agent', data: { name: 'Ann' } });
    const after = toFlowNodes(renamed, nothing, before);
    expect(after.every((node, place) => node !== before[place])).toBe(true);
  });

  it('holds lines to the handles that their meaning has', () => {
    const edges = toFlowEdges(diamond, nothing);
    expect(edges.find(({ type }) => type === 'assignment')).toMatchObject({
      sourceHandle: 'assign',
      targetHandle: 'agent',
    });
    expect(edges.find(({ type }) => type === 'wire')).toMatchObject({
      sourceHandle: 'out',
      targetHandle: 'in',
    });
  });

  it('keeps the lines that stayed as they were', () => {
    const before = toFlowEdges(diamond, nothing);
    const after = toFlowEdges(diamond, { nodes: ['left'], edges: [before[0]?.id ?? ''] }, before);
    expect(after.filter((edge, place) => edge !== before[place])).toHaveLength(1);
  });

  it('leaves out a line whose end is gone', () => {
    const broken = { ...diamond, nodes: diamond.nodes.filter(({ id }) => id !== 'join') };
    expect(toFlowEdges(broken, nothing).some(({ target }) => target === 'join')).toBe(false);
  });

  it('shows who does what in a large crew only for what is chosen', () => {
    const large = parallelJoin(100);
    const assignments = (nodes: readonly string[]) =>
      toFlowEdges(large, { nodes, edges: [] }).filter(({ type }) => type === 'assignment');
    expect(assignments([])).toEqual([]);
    expect(assignments(['t7']).map(({ target }) => target)).toEqual(['t7']);
    expect(assignments(['worker'])).toHaveLength(101);
  });

  it('shows the waiting of a sequential crew that is not drawn', () => {
    const loose = { ...chain(2), edges: chain(2).edges.filter(({ kind }) => kind === 'assigned') };
    expect(toFlowEdges(loose, nothing).filter(({ type }) => type === 'implied')).toHaveLength(1);
    const drawn = connect(loose, { from: 't1', to: 't2' }, () => 'e');
    if ('refused' in drawn) throw new Error(drawn.refused.message);
    expect(toFlowEdges(drawn.graph, nothing).filter(({ type }) => type === 'implied')).toEqual([]);
  });
});

describe('fromFlow', () => {
  it('follows what is chosen and let go', () => {
    const chosen = selectionAfter(nothing, [{ id: 'left', type: 'select', selected: true }], 'nodes');
    expect(chosen).toEqual({ nodes: ['left'], edges: [] });
    expect(selectionAfter(chosen, [{ id: 'left', type: 'select', selected: true }], 'nodes')).toBe(chosen);
    expect(selectionAfter(chosen, [{ id: 'left', type: 'select', selected: false }], 'nodes').nodes).toEqual(
      [],
    );
  });

  it('tells moves by key from moves by drag', () => {
    const at = { x: 5, y: 0 };
    const byKey = keyMoves([{ id: 'left', type: 'position', position: at, dragging: false }]);
    expect([...byKey]).toEqual([['left', at]]);
    expect(keyMoves([{ id: 'left', type: 'position', position: at, dragging: true }]).size).toBe(0);
  });
});
