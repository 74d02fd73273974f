import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canConnect, connect, disconnect, type Edited, insertTaskOnEdge } from './connect.ts';
import {
  addAgent,
  addNote,
  addTask,
  copyNodes,
  duplicateNodes,
  moveNodes,
  pasteNodes,
  removeNodes,
  reorderTasks,
  replaceAgent,
  setProcess,
  updateNode,
} from './edit.ts';
import { chain } from './examples.ts';
import { CrewGraph, emptyGraph } from './schema.ts';
import { validateGraph } from './validate.ts';

const position = { x: 0, y: 0 };

function counter(prefix: string) {
  let count = 0;
  return () => {
    count += 1;
    return `${prefix}${count}`;
  };
}

/** Ann does Survey, Bob does Draft, and Draft reads Survey. */
function draw(): CrewGraph {
  const makeId = counter('e');
  let graph = addAgent(emptyGraph, { id: 'ann', position, data: { name: 'Ann' } });
  graph = addAgent(graph, { id: 'bob', position, data: { name: 'Bob' } });
  graph = addTask(graph, { id: 'survey', position, data: { name: 'Survey' } });
  graph = addTask(graph, { id: 'draft', position, data: { name: 'Draft' } });
  graph = addNote(graph, { id: 'note', position, data: { text: 'Read me' } });
  for (const [from, to] of [
    ['ann', 'survey'],
    ['bob', 'draft'],
    ['survey', 'draft'],
  ] as const) {
    const edited = connect(graph, { from, to }, makeId);
    if ('refused' in edited) throw new Error(edited.refused.message);
    graph = edited.graph;
  }
  return graph;
}

const lines = (graph: CrewGraph) => graph.edges.map(({ from, kind, to }) => `${from} ${kind} ${to}`);
const drawn = ['ann assigned survey', 'bob assigned draft', 'survey context draft'];
const makeId = () => 'new';

/** The lines after connecting, or the code of the refusal. */
function connected(from: string, to: string, kind?: 'context' | 'next', graph = draw()) {
  const edited = connect(graph, { from, to, kind }, makeId);
  return 'refused' in edited ? edited.refused.code : lines(edited.graph);
}

describe('an agent', () => {
  const namesIn = (graph: CrewGraph) =>
    graph.nodes.flatMap((node) => (node.kind === 'agent' ? [node.data.name] : []));

  it('comes under a name that is free, whatever it was called where it comes from', () => {
    const graph = addAgent(draw(), { id: 'new', position, data: { name: 'Ann', role: 'Editor' } });
    expect(namesIn(graph)).toEqual(['Ann', 'Bob', 'Ann 2']);
  });

  it('is replaced as a whole and keeps its lines', () => {
    const before = updateNode(draw(), { id: 'ann', kind: 'agent', data: { maxRpm: 3 } });
    const ann = before.nodes.find(({ id }) => id === 'ann');
    if (ann?.kind !== 'agent') throw new Error('Ann is an agent');
    const { maxRpm: _, ...rest } = ann.data;
    const after = replaceAgent(before, 'ann', { ...rest, name: 'Bob', goal: 'Another' });
    expect(after.nodes[0]).toMatchObject({ id: 'ann', data: { name: 'Bob 2', goal: 'Another' } });
    expect(after.nodes[0]?.data).not.toHaveProperty('maxRpm');
    expect(lines(after)).toEqual(drawn);
    expect(replaceAgent(before, 'survey', rest)).toBe(before);
  });
});

describe('nodes', () => {
  it('are added with everything a new one has, under a name that is free', () => {
    const graph = addTask(addTask(emptyGraph, { id: 'a', position }), { id: 'b', position });
    expect(graph.nodes.map((node) => node.kind === 'task' && node.data.name)).toEqual([
      'New task',
      'New task 2',
    ]);
    expect(CrewGraph.parse(graph)).toEqual(graph);
    expect(() => addNote(graph, { id: 'a', position })).toThrow('taken');
  });

  it('change in the fields that are named', () => {
    const graph = updateNode(draw(), { id: 'ann', kind: 'agent', data: { goal: 'Know more' } });
    expect(graph.nodes[0]).toMatchObject({ id: 'ann', data: { name: 'Ann', goal: 'Know more' } });
    expect(updateNode(graph, { id: 'ann', kind: 'task', data: { name: 'No' } })).toBe(graph);
  });

  it('move, and stay on the ground there is', () => {
    const graph = draw();
    const moved = moveNodes(graph, new Map([['ann', { x: 5e9, y: -7 }]]));
    expect(moved.nodes[0]?.position).toEqual({ x: 1e6, y: -7 });
    expect(moved.nodes[1]).toBe(graph.nodes[1]);
    expect(moveNodes(graph, new Map([['ann', position]]))).toBe(graph);
  });

  it('go with their lines', () => {
    expect(lines(removeNodes(draw(), ['survey']))).toEqual(['bob assigned draft']);
    const graph = draw();
    expect(removeNodes(graph, ['gone'])).toBe(graph);
  });

  it('are duplicated with ids and names of their own and the lines among them', () => {
    const { graph, ids } = duplicateNodes(draw(), ['ann', 'survey', 'note'], counter('copy'));
    expect(ids).toEqual(['copy1', 'copy2', 'copy3']);
    expect(lines(graph)).toEqual([...drawn, 'copy1 assigned copy2']);
    const names = graph.nodes.map(({ data }) => ('name' in data ? data.name : data.text));
    expect(names).toEqual(['Ann', 'Bob', 'Survey', 'Draft', 'Read me', 'Ann 2', 'Survey 2', 'Read me']);
    expect(CrewGraph.parse(graph)).toEqual(graph);
  });

  it('are pasted as often as one likes, also into another crew', () => {
    const clipping = copyNodes(draw(), ['ann', 'survey']);
    const newId = counter('p');
    const once = pasteNodes(emptyGraph, clipping, newId, position);
    const twice = pasteNodes(once.graph, clipping, newId, position);
    expect(lines(twice.graph)).toEqual(['p1 assigned p2', 'p4 assigned p5']);
    expect(twice.graph.nodes.map(({ data }) => 'name' in data && data.name)).toEqual([
      'Ann',
      'Survey',
      'Ann 2',
      'Survey 2',
    ]);
  });
});

describe('the crew', () => {
  it('changes its process', () => {
    const graph = draw();
    expect(setProcess(graph, 'parallel').process).toBe('parallel');
    expect(setProcess(graph, 'sequential')).toBe(graph);
  });

  it('puts tasks in another order and leaves the rest where it is', () => {
    const graph = reorderTasks(draw(), ['draft', 'ann', 'survey', 'draft']);
    expect(graph.nodes.map((node) => node.id)).toEqual(['ann', 'bob', 'draft', 'survey', 'note']);
  });
});

describe('lines', () => {
  it('mean what their ends say, whichever end they are drawn from', () => {
    const without = disconnect(draw(), ['e1', 'e2', 'e3']);
    expect(connected('ann', 'draft', undefined, without)).toEqual(['ann assigned draft']);
    expect(connected('draft', 'ann', undefined, without)).toEqual(['ann assigned draft']);
    expect(connected('survey', 'draft', undefined, without)).toEqual(['survey context draft']);
    expect(connected('survey', 'draft', 'next', without)).toEqual(['survey next draft']);
  });

  it('give a task to another agent', () => {
    expect(connected('bob', 'survey')).toEqual([
      'bob assigned draft',
      'survey context draft',
      'bob assigned survey',
    ]);
  });

  it('become the stronger kind, but not twice the same', () => {
    const ordered = CrewGraph.parse({
      ...draw(),
      edges: [{ id: 'o', kind: 'next', from: 'survey', to: 'draft' }],
    });
    expect(connected('survey', 'draft', 'context', ordered)).toEqual(['survey context draft']);
    expect(connected('survey', 'draft', 'next', ordered)).toBe('edge.duplicate');
    expect(connected('survey', 'draft', 'next')).toBe('edge.duplicate');
    expect(connected('survey', 'draft', 'context')).toBe('edge.duplicate');
    expect(connected('ann', 'survey')).toBe('edge.duplicate');
  });

  it('are refused with a sentence where they make no sense', () => {
    expect(connected('ann', 'bob')).toBe('edge.betweenAgents');
    expect(connected('note', 'draft')).toBe('edge.note');
    expect(connected('draft', 'draft')).toBe('edge.self');
    expect(connected('draft', 'gone')).toBe('edge.dangling');
    expect(canConnect(draw(), { from: 'draft', to: 'survey' })).toEqual({
      code: 'graph.cycle',
      message: '“Draft” comes after “Survey”, so this line would make them wait for each other.',
    });
    expect(canConnect(draw(), { from: 'ann', to: 'draft' })).toBe(true);
  });

  it('take a new task in their middle', () => {
    const task = { id: 'check', position, data: { name: 'Check' } };
    const edited = insertTaskOnEdge(draw(), 'e3', task, counter('i'));
    expect('graph' in edited && lines(edited.graph)).toEqual([
      ...drawn.slice(0, 2),
      'survey context check',
      'check context draft',
    ]);
    expect(insertTaskOnEdge(draw(), 'e1', task, makeId)).toMatchObject({
      refused: { code: 'edge.assigned' },
    });
    expect(insertTaskOnEdge(draw(), 'gone', task, makeId)).toMatchObject({
      refused: { code: 'edge.missing' },
    });
  });

  it('see a circle at the end of a long way, without recursion', () => {
    const ends = { from: 't20000', to: 't1' };
    expect(canConnect(chain(20_000), ends)).toMatchObject({ code: 'graph.cycle' });
  });
});

const someId = fc.constantFrom('ann', 'bob', 'survey', 'draft', 'note', 'x1', 'x2', 'x3', 'x4');
const spot = fc.record({ x: fc.double({ noNaN: true }), y: fc.integer() });
const someEdit = fc.oneof(
  fc.record({ act: fc.constant('connect' as const), from: someId, to: someId, isNext: fc.boolean() }),
  fc.record({ act: fc.constant('duplicate' as const), ids: fc.array(someId, { maxLength: 3 }) }),
  fc.record({ act: fc.constant('insert' as const), edge: fc.nat(20), position: spot }),
  fc.record({ act: fc.constant('move' as const), id: someId, position: spot }),
  fc.record({ act: fc.constant('remove' as const), ids: fc.array(someId, { maxLength: 1 }) }),
  fc.record({ act: fc.constant('reorder' as const), ids: fc.array(someId) }),
);
type SomeEdit = typeof someEdit extends fc.Arbitrary<infer E> ? E : never;

function apply(graph: CrewGraph, edit: SomeEdit, newId: () => string): CrewGraph {
  const graphOf = (edited: Edited) => ('graph' in edited ? edited.graph : graph);
  switch (edit.act) {
    case 'connect':
      return graphOf(connect(graph, { ...edit, kind: edit.isNext ? 'next' : 'context' }, newId));
    case 'insert': {
      const task = { id: newId(), position: edit.position };
      return graphOf(insertTaskOnEdge(graph, graph.edges[edit.edge]?.id ?? '', task, newId));
    }
    case 'duplicate':
      return duplicateNodes(graph, edit.ids, newId).graph;
    case 'move':
      return moveNodes(graph, new Map([[edit.id, edit.position]]));
    case 'remove':
      return removeNodes(graph, edit.ids);
    case 'reorder':
      return reorderTasks(graph, edit.ids);
  }
}

describe('any series of edits', () => {
  it('leaves a graph that the schema takes and whose lines make sense', () => {
    const aboutLines = /^(edge\.|graph\.cycle|node\.|task\.manyAgents)/;
    fc.assert(
      fc.property(fc.array(someEdit, { maxLength: 40 }), (edits) => {
        const newId = counter('x');
        const graph = edits.reduce((current, edit) => apply(current, edit, newId), draw());
        expect(CrewGraph.parse(graph)).toEqual(graph);
        expect(validateGraph(graph).filter(({ code }) => aboutLines.test(code))).toEqual([]);
      }),
    );
  });
});
