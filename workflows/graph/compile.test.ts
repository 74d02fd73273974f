import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalPlan, compileGraph } from './compile.ts';
import { Plan } from './planSchema.ts';
import { CrewGraph, type CrewGraphInput, type Process } from './schema.ts';

const position = { x: 0, y: 0 };
type Node = CrewGraphInput['nodes'][number];
type TaskInput = Extract<Node, { kind: 'task' }>['data'];

const agent: Node = {
  id: 'a',
  kind: 'agent',
  position,
  data: { name: 'Ann', role: 'Writer', goal: 'Be read', backstory: 'Wrote' },
};
const task = (id: string, data: Partial<TaskInput> = {}): Node => ({
  id,
  kind: 'task',
  position,
  data: { name: id, description: 'Do it', expectedOutput: 'Done', ...data },
});
const async = { async: true };

/** A crew whose tasks are all Ann's. Lines are written `A context B`. */
function crew(process: Process, tasks: Node[], ...lines: string[]): CrewGraph {
  const assigned = tasks.map(({ id }) => `a assigned ${id}`);
  const edges = [...assigned, ...lines].map((line, index) => {
    const [from, kind, to] = line.split(' ');
    return { id: `e${index}`, from, kind, to };
  });
  return CrewGraph.parse({ process, nodes: [agent, ...tasks], edges });
}

const compile = (graph: CrewGraph) => compileGraph(graph, { defaultModel: 'demo/stand-in' });
const shape = (graph: CrewGraph) =>
  compile(graph).tasks.map(({ nodeId, waitsFor, context }) => [
    nodeId,
    waitsFor.join(' '),
    'first' in context ? context.first : context.tasks.join(' '),
  ]);

describe('compileGraph', () => {
  it('resolves everything a simulation needs', () => {
    const graph = CrewGraph.parse({
      process: 'parallel',
      nodes: [
        task('t1', { name: ' Survey ', description: 'Survey {market}\n', expectedOutput: 'Five rivals\n\n' }),
        { id: 'n', kind: 'note', position, data: { text: 'ignored {note}' } },
        {
          id: 'a2',
          kind: 'agent',
          position,
          data: {
            name: 'Bob',
            role: '{market} analyst\n',
            goal: 'Know\n',
            backstory: '  Knows\n',
            model: 'openai/gpt-4.1-mini',
            temperature: 0.2,
            maxTokens: 500,
            tools: ['calculator', 'calculator'],
            maxIterations: 7,
          },
        },
        task('t2', { tools: ['current_time'], markdown: true, outputFile: 'brief-{year}.md' }),
        agent,
        { id: 'idle', kind: 'agent', position, data: { name: 'Idle' } },
      ],
      edges: [
        { id: 'e1', kind: 'assigned', from: 'a2', to: 't1' },
        { id: 'e2', kind: 'assigned', from: 'a', to: 't2' },
        { id: 'e3', kind: 'context', from: 't1', to: 't2' },
      ],
    });
    const plan = compile(graph);
    expect(Plan.parse(plan)).toEqual(plan);
    expect(plan).toEqual({
      version: 1,
      promptVersion: 1,
      process: 'parallel',
      inputs: ['market', 'year'],
      agents: [
        {
          nodeId: 'a2',
          name: 'Bob',
          role: '{market} analyst',
          goal: 'Know',
          backstory: '  Knows',
          model: 'openai/gpt-4.1-mini',
          temperature: 0.2,
          maxTokens: 500,
        },
        {
          nodeId: 'a',
          name: 'Ann',
          role: 'Writer',
          goal: 'Be read',
          backstory: 'Wrote',
          model: 'demo/stand-in',
          temperature: null,
          maxTokens: null,
        },
      ],
      tasks: [
        {
          nodeId: 't1',
          name: 'Survey',
          agentId: 'a2',
          description: 'Survey {market}',
          expectedOutput: 'Five rivals',
          tools: ['calculator'],
          markdown: false,
          outputFile: null,
          maxIterations: 7,
          waitsFor: [],
          context: { tasks: [] },
        },
        {
          nodeId: 't2',
          name: 't2',
          agentId: 'a',
          description: 'Do it',
          expectedOutput: 'Done',
          tools: ['current_time'],
          markdown: true,
          outputFile: 'brief-{year}.md',
          maxIterations: 25,
          waitsFor: ['t1'],
          context: { tasks: ['t1'] },
        },
      ],
    });
  });

  it('lets each task of a sequential crew read all before it', () => {
    expect(shape(crew('sequential', [task('A'), task('B'), task('C')]))).toEqual([
      ['A', '', 0],
      ['B', 'A', 1],
      ['C', 'B', 2],
    ]);
  });

  it('reads exactly what is drawn, in the order it was drawn, or nothing when that is said', () => {
    const tasks = [task('A'), task('B'), task('C', { context: 'none' }), task('D', { context: 'none' })];
    expect(shape(crew('sequential', tasks, 'B context D', 'A context D', 'A next C'))).toEqual([
      ['A', '', 0],
      ['B', 'A', 1],
      ['C', 'B', ''],
      ['D', 'C', 'B A'],
    ]);
  });

  it('joins async tasks before the next that is not', () => {
    const tasks = [
      task('A'),
      task('B', async),
      task('C', async),
      task('D'),
      task('E', async),
      task('F', async),
    ];
    expect(shape(crew('sequential', tasks, 'B context C', 'E next F'))).toEqual([
      ['A', '', 0],
      ['B', 'A', 1],
      ['C', 'A B', 'B'],
      ['D', 'A B C', 3],
      ['E', 'D', 4],
      ['F', 'D E', 4],
    ]);
  });

  it('starts an async task that stands first at once, and lets it read nothing', () => {
    expect(shape(crew('sequential', [task('A', async), task('B', async), task('C')]))).toEqual([
      ['A', '', 0],
      ['B', '', 0],
      ['C', 'A B', 2],
    ]);
  });

  it('starts each task of a parallel crew when what its lines name is ready', () => {
    const tasks = [task('A'), task('B', async), task('C'), task('D')];
    expect(shape(crew('parallel', tasks, 'B context C', 'A context C', 'A next D'))).toEqual([
      ['A', '', ''],
      ['B', '', ''],
      ['C', 'A B', 'B A'],
      ['D', 'A', ''],
    ]);
  });

  it('puts tasks after what they wait for, and otherwise in the order of nodes', () => {
    const tasks = ['A', 'B', 'C', 'D', 'E'].map((id) => task(id));
    const order = compile(crew('parallel', tasks, 'D context A', 'E next B')).tasks.map((t) => t.nodeId);
    expect(order).toEqual(['C', 'D', 'A', 'E', 'B']);
  });

  it('makes the same plan wherever the graph is drawn', () => {
    const graph = crew('sequential', [task('A'), task('B')], 'A context B');
    const moved = { ...graph, nodes: graph.nodes.map((node) => ({ ...node, position: { x: 9, y: 9 } })) };
    expect(canonicalPlan(compile(moved))).toBe(canonicalPlan(compile(graph)));
  });

  it('does not compile what validation refuses', () => {
    expect(() => compile(crew('parallel', [task('A'), task('B')], 'A next B', 'B next A'))).toThrow(
      'wait for',
    );
    const unassigned = { ...crew('parallel', [task('A')]), edges: [] };
    expect(() => compile(unassigned)).toThrow('one agent');
  });

  it('keeps every line of any graph without circles, in both processes', () => {
    const size = fc.integer({ min: 1, max: 12 });
    const pairs = (n: number) =>
      fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.boolean()), { maxLength: 30 });
    const shuffled = (n: number) => fc.shuffledSubarray([...Array(n).keys()], { minLength: n, maxLength: n });
    const drawn = size.chain((n) =>
      fc.record({
        ids: shuffled(n),
        pairs: pairs(n),
        asyncs: fc.array(fc.boolean(), { minLength: n, maxLength: n }),
        process: fc.constantFrom<Process>('sequential', 'parallel'),
      }),
    );
    fc.assert(
      fc.property(drawn, ({ ids, pairs, asyncs, process }) => {
        const tasks = ids.map((id) => task(`t${id}`, { async: asyncs[id] ?? false }));
        const lines = pairs
          .filter(([from, to]) => from < to)
          .map(([from, to, reads]) => `t${from} ${reads ? 'context' : 'next'} t${to}`);
        const plan = compile(crew(process, tasks, ...new Set(lines)));
        const place = new Map(plan.tasks.map((planned, index) => [planned.nodeId, index]));
        const ended = endedBefore(plan);
        expect(place.size).toBe(tasks.length);
        for (const line of lines) {
          const [from = '', , to = ''] = line.split(' ');
          expect(ended.get(to)).toContain(from);
        }
        for (const { nodeId, context } of plan.tasks) {
          const read =
            'first' in context ? plan.tasks.slice(0, context.first).map((t) => t.nodeId) : context.tasks;
          for (const id of read) expect(ended.get(nodeId)).toContain(id);
        }
      }),
    );
  });
});

/** All tasks that have certainly ended when a task starts. Fails when a task waits for a later one. */
function endedBefore(plan: Plan): Map<string, Set<string>> {
  const ended = new Map<string, Set<string>>();
  for (const { nodeId, waitsFor } of plan.tasks) {
    const all = new Set(waitsFor);
    for (const id of waitsFor) {
      const before = ended.get(id);
      if (!before) throw new Error(`${nodeId} waits for ${id}, which comes later`);
      for (const earlier of before) all.add(earlier);
    }
    ended.set(nodeId, all);
  }
  return ended;
}
