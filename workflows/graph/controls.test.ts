import { describe, expect, it } from 'vitest';
import { compileGraph } from './compile.ts';
import { connect } from './connect.ts';
import { addControl, copyNodes, pasteNodes, placeInside, removeNodes } from './edit.ts';
import { CrewGraph, type CrewGraphInput, type GraphNode } from './schema.ts';
import { hasErrors, validateGraph } from './validate.ts';

const position = { x: 0, y: 0 };
type Node = CrewGraphInput['nodes'][number];

const agent: Node = {
  id: 'a',
  kind: 'agent',
  position,
  data: { name: 'Ann', role: 'Writer', goal: 'Be read', backstory: 'Wrote' },
};
const task = (id: string, parentId?: string, data: object = {}): Node => ({
  id,
  kind: 'task',
  position,
  ...(parentId === undefined ? {} : { parentId }),
  data: { name: id, description: 'Do it', expectedOutput: 'Done', ...data },
});
const rule = (path: string) => ({ path, op: 'isNotEmpty' as const });
const router = (id: string, path = 'input.urgent'): Node => ({
  id,
  kind: 'router',
  position,
  data: { name: id, outcomes: [{ name: 'Yes', rule: rule(path) }], otherwise: 'No' },
});
const map = (id: string, items: string | null = 'input.list'): Node => ({
  id,
  kind: 'map',
  position,
  data: { name: id, items },
});

/** Lines are written `A kind B`, a branch `A branch:Yes B`. All tasks are Ann’s. */
function crew(nodes: Node[], ...lines: string[]): CrewGraph {
  const tasks = nodes.filter(({ kind }) => kind === 'task');
  const edges = [...tasks.map(({ id }) => `a assigned ${id}`), ...lines].map((line, index) => {
    const [from = '', meaning = '', to = ''] = line.split(' ');
    const [kind, outcome] = meaning.split(':');
    return { id: `e${index}`, from, kind, to, ...(outcome ? { outcome } : {}) };
  });
  return CrewGraph.parse({ process: 'parallel', nodes: [agent, ...nodes], edges });
}

const compile = (graph: CrewGraph) => compileGraph(graph, { defaultModel: 'demo/stand-in' });
const codes = (graph: CrewGraph) =>
  validateGraph(graph)
    .filter(({ severity }) => severity === 'error')
    .map(({ code, nodeId }) => [code, nodeId]);
const nodeOf = (graph: CrewGraph, id: string): GraphNode | undefined =>
  graph.nodes.find((node) => node.id === id);
let made = 0;
const makeId = () => {
  made += 1;
  return `new${made}`;
};

describe('a plan with control nodes', () => {
  it('says what is done in the crew itself and what in each block, and what is skipped with what', () => {
    const plan = compile(
      crew(
        [
          task('t1'),
          router('r'),
          task('yes'),
          task('no'),
          map('m', 'answer.yes'),
          task('in', 'm'),
          task('end'),
        ],
        't1 context r',
        'r branch:Yes yes',
        'r branch:No no',
        'yes context end',
        'no context end',
        'm context end',
        't1 context in',
      ),
    );
    expect(plan.blocks).toEqual([
      { id: null, nodeIds: ['t1', 'r', 'yes', 'no', 'm', 'end'] },
      { id: 'm', nodeIds: ['in'] },
    ]);
    const places = [...plan.tasks, ...(plan.controls ?? [])].map(
      ({ nodeId, waitsFor, branches, follows, blockId }) => [nodeId, waitsFor, branches ?? follows, blockId],
    );
    expect(places).toEqual([
      ['t1', [], undefined, undefined],
      ['yes', ['r'], [{ from: 'r', outcome: 'Yes' }], undefined],
      ['no', ['r'], [{ from: 'r', outcome: 'No' }], undefined],
      ['end', ['yes', 'no', 'm'], ['yes', 'no', 'm'], undefined],
      ['in', [], undefined, 'm'],
      ['r', ['t1'], ['t1'], undefined],
      // What it goes through, and what is read inside it from around.
      ['m', ['t1', 'yes'], undefined, undefined],
    ]);
    expect(plan.tasks.find(({ nodeId }) => nodeId === 'in')?.context).toEqual({ tasks: ['t1'] });
  });

  it('of a hierarchical crew gives every task to the manager, who hands it to whom it was given', () => {
    const graph = { ...crew([task('t1'), task('t2')]), process: 'hierarchical' as const };
    const alone = { ...graph, edges: graph.edges.filter(({ to }) => to === 't1') };
    const { tasks, agents } = compile(alone);
    expect(tasks.map(({ agentId, coworkers, tools }) => [agentId, coworkers, tools])).toEqual([
      ['_manager', ['a'], []],
      ['_manager', ['a'], []],
    ]);
    expect(agents.map(({ nodeId, role }) => [nodeId, role])).toEqual([
      ['_manager', 'Crew Manager'],
      ['a', 'Writer'],
    ]);
  });

  it('asks for what its rules read, and not for what a map or a loop fills in', () => {
    const inside = task('in', 'm', { description: 'Write about {item} ({index}) for {reader}, not {round}' });
    expect(compile(crew([router('r'), map('m'), inside])).inputs).toEqual([
      'urgent',
      'list',
      'reader',
      'round',
    ]);
  });
});

describe('problems of control nodes', () => {
  it('are none in a crew that can run', () => {
    expect(codes(crew([task('t1'), router('r'), task('yes')], 't1 context r', 'r branch:Yes yes'))).toEqual(
      [],
    );
  });

  it.each<[string, CrewGraph, unknown]>([
    ['a map without a list', crew([task('t'), map('m', null), task('in', 'm')]), ['map.noItems', 'm']],
    ['a map with nothing inside', crew([task('t'), map('m')]), ['map.empty', 'm']],
    [
      'an outcome that is not offered',
      crew([router('r'), task('t')], 'r branch:Maybe t'),
      ['edge.unknownOutcome', 't'],
    ],
    [
      'a branch without an outcome',
      crew([router('r'), task('t')], 'r branch t'),
      ['edge.unknownOutcome', 't'],
    ],
    [
      'a line out of a map',
      crew([map('m'), task('in', 'm'), task('out')], 'in context out'),
      ['edge.acrossBlock', 'out'],
    ],
    [
      'a branch into a map',
      crew([router('r'), map('m'), task('in', 'm')], 'r branch:Yes in'),
      ['edge.acrossBlock', 'in'],
    ],
    ['an item outside of a map', crew([router('r', 'item.name'), task('t')]), ['rule.unknownValue', 'r']],
    [
      'an answer that nobody gives',
      crew([router('r', 'answer.gone'), task('t')]),
      ['rule.unknownValue', 'r'],
    ],
    ['a parent that holds nothing', crew([task('t'), task('in', 't')]), ['node.badParent', 'in']],
  ])('tell of %s', (_, graph, problem) => {
    expect(codes(graph)).toEqual([problem]);
  });

  it('find tasks that wait for each other through a rule', () => {
    expect(codes(crew([router('r', 'answer.t'), task('t')], 'r branch:Yes t'))).toEqual([
      ['graph.cycle', 'r'],
    ]);
  });

  it('tell of a map that stands in itself', () => {
    const graph = crew([map('m'), map('n'), task('t')]);
    const knot = {
      ...graph,
      nodes: graph.nodes.map((node) =>
        node.kind === 'map' ? { ...node, parentId: node.id === 'm' ? 'n' : 'm' } : node,
      ),
    };
    expect(codes(knot)).toContainEqual(['node.badParent', 'm']);
    expect(hasErrors(validateGraph(knot))).toBe(true);
  });

  it('tell of a manager with tools or tasks, and of a crew that nobody is led in', () => {
    const led = (managerAgent: string): CrewGraph => ({
      ...crew([task('t')]),
      process: 'hierarchical',
      settings: { managerAgent },
    });
    expect(codes(led('a'))).toEqual([
      ['crew.nobodyToLead', null],
      ['crew.managerHasTask', 'a'],
    ]);
    expect(codes(led('t'))).toEqual([['crew.noManager', null]]);
  });
});

describe('drawing control nodes', () => {
  it('leads on from a decision by the first outcome that leads nowhere yet', () => {
    const graph = crew([router('r'), task('t1'), task('t2')]);
    const once = connect(graph, { from: 'r', to: 't1' }, makeId);
    const twice = 'graph' in once ? connect(once.graph, { from: 'r', to: 't2' }, makeId) : once;
    const lines = 'graph' in twice ? twice.graph.edges.filter(({ kind }) => kind === 'branch') : [];
    expect(lines.map(({ to, outcome }) => [to, outcome])).toEqual([
      ['t1', 'Yes'],
      ['t2', 'No'],
    ]);
  });

  it('refuses lines across the border of a map, but for what is read from around it', () => {
    const graph = crew([task('before'), map('m'), task('in', 'm'), task('after')]);
    const codeOf = (from: string, to: string) => {
      const result = connect(graph, { from, to }, makeId);
      return 'refused' in result ? result.refused.code : 'drawn';
    };
    expect(codeOf('before', 'in')).toBe('drawn');
    expect(codeOf('in', 'after')).toBe('edge.acrossBlock');
    expect(codeOf('m', 'after')).toBe('drawn');
  });

  it('copies a map with what stands in it, and its rules refer to the copies', () => {
    const graph = crew([task('t'), map('m', 'answer.t'), task('in', 'm')], 't context in');
    const pasted = pasteNodes(graph, copyNodes(graph, ['t', 'm']), makeId, position);
    const [t = '', m = '', inside = ''] = pasted.ids;
    expect(nodeOf(pasted.graph, m)).toMatchObject({ data: { name: 'm 2', items: `answer.${t}` } });
    expect(nodeOf(pasted.graph, inside)).toMatchObject({ parentId: m });
  });

  it('removes a map with what stands in it, and of a group only the frame', () => {
    const graph = crew([map('m'), task('in', 'm'), task('t')]);
    expect(removeNodes(graph, ['m']).nodes.map(({ id }) => id)).toEqual(['a', 't']);
    const framed = crew([{ id: 'g', kind: 'group', position, data: {} }, task('in', 'g')]);
    expect(removeNodes(framed, ['g']).nodes.map(({ id, parentId }) => [id, parentId])).toEqual([
      ['a', undefined],
      ['in', undefined],
    ]);
  });

  it('puts nodes into a map and never a map into itself', () => {
    const graph = crew([map('m'), map('n'), task('t')]);
    const nested = placeInside(placeInside(graph, ['n'], 'm'), ['t'], 'n');
    expect(nested.nodes.map(({ parentId }) => parentId)).toEqual([undefined, undefined, 'm', 'n']);
    expect(placeInside(nested, ['m'], 'n')).toBe(nested);
    expect(nodeOf(placeInside(nested, ['t'], null), 't')?.parentId).toBeUndefined();
  });

  it('adds each kind with a name of its own', () => {
    const graph = addControl('wait')(addControl('wait')(crew([]), { id: 'w1', position }), {
      id: 'w2',
      position,
    });
    expect(graph.nodes.slice(1).map(({ data }) => ('name' in data ? data.name : ''))).toEqual([
      'Wait',
      'Wait 2',
    ]);
  });
});
