import { describe, expect, it } from 'vitest';
import { chain } from './examples.ts';
import { CrewGraph, type CrewGraphInput, type GraphProblem } from './schema.ts';
import { hasErrors, validateGraph } from './validate.ts';

const position = { x: 0, y: 0 };
type Node = CrewGraphInput['nodes'][number];
type AgentInput = Extract<Node, { kind: 'agent' }>['data'];
type TaskInput = Extract<Node, { kind: 'task' }>['data'];

const agent = (id: string, data: Partial<AgentInput> = {}): Node => ({
  id,
  kind: 'agent',
  position,
  data: { name: 'Writer', role: 'Writer', goal: 'To be read', backstory: 'Wrote for years', ...data },
});
const task = (id: string, data: Partial<TaskInput> = {}): Node => ({
  id,
  kind: 'task',
  position,
  data: { name: id, description: 'Do it', expectedOutput: 'Done', ...data },
});
const edge = (line: string, id = line.replace(/[^a-z0-9]/gi, '-')) => {
  const [from = '', kind, to = ''] = line.split(' ');
  return { id, from, to, kind } as CrewGraphInput['edges'][number];
};
const graph = (nodes: Node[], ...lines: string[]) =>
  CrewGraph.parse({ nodes, edges: lines.map((line) => edge(line)) });

const brief = ({ code, nodeId, field }: GraphProblem) => [code, nodeId, field];
const problemsOf = (nodes: Node[], ...lines: string[]) => validateGraph(graph(nodes, ...lines)).map(brief);

describe('validateGraph', () => {
  it('finds nothing wrong with a crew that can run', () => {
    const nodes = [agent('a'), task('t1'), task('t2', { outputFile: '/out/{topic}.md' })];
    expect(problemsOf(nodes, 'a assigned t1', 'a assigned t2', 't1 context t2', 't1 next t2')).toEqual([]);
  });

  it('tells all problems at once, as a person would say them', () => {
    const reviewer = agent('a', { name: 'Reviewer', goal: ' ', backstory: '' });
    const problems = validateGraph(graph([reviewer, task('t', { name: 'Review it' })]));
    expect(problems).toEqual([
      {
        code: 'agent.noGoal',
        severity: 'error',
        nodeId: 'a',
        field: 'goal',
        message: 'Reviewer needs a goal',
        fix: 'Say what Reviewer wants to achieve.',
      },
      {
        code: 'agent.noBackstory',
        severity: 'warning',
        nodeId: 'a',
        field: 'backstory',
        message: 'Reviewer has no backstory',
        fix: 'Say where Reviewer comes from: it sets tone, knowledge and habits.',
      },
      {
        code: 'agent.idle',
        severity: 'warning',
        nodeId: 'a',
        field: null,
        message: 'Reviewer has nothing to do',
        fix: 'Draw a line from Reviewer to a task, or remove Reviewer.',
      },
      {
        code: 'task.unassigned',
        severity: 'error',
        nodeId: 't',
        field: null,
        message: '“Review it” needs somebody to do it',
        fix: 'Draw a line from an agent to this task.',
      },
    ]);
  });

  it('wants a task', () => {
    expect(problemsOf([agent('a')])).toEqual([
      ['graph.noTasks', null, null],
      ['agent.idle', 'a', null],
    ]);
  });

  it('wants the texts that a model is told', () => {
    const nodes = [
      agent('a', { name: '', role: '', goal: '', backstory: '' }),
      task('t', { description: '\n', expectedOutput: '' }),
    ];
    expect(problemsOf(nodes, 'a assigned t')).toEqual([
      ['agent.noName', 'a', 'name'],
      ['agent.noRole', 'a', 'role'],
      ['agent.noGoal', 'a', 'goal'],
      ['agent.noBackstory', 'a', 'backstory'],
      ['task.noDescription', 't', 'description'],
      ['task.noExpectedOutput', 't', 'expectedOutput'],
    ]);
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'ftp://a.example', 'https://user:word@a.example'])(
    'V20: wants a web address to call back, and takes %s for none',
    (url) => {
      const nodes = [agent('a'), task('t', { callback: { url } })];
      expect(problemsOf(nodes, 'a assigned t')).toEqual([['task.badCallback', 't', 'callback']]);
    },
  );

  it('wants one agent for each task', () => {
    const nodes = [agent('a', { name: 'Ann' }), agent('b', { name: 'Bob' }), task('t', { name: 'Draft' })];
    const problems = validateGraph(graph(nodes, 'a assigned t', 'b assigned t'));
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ['task.manyAgents', '“Draft” is given to Ann and Bob, and a task is done by one agent'],
    ]);
  });

  it('finds ids that are used twice', () => {
    const nodes = [agent('a'), task('t'), task('t')];
    const twice = CrewGraph.parse({
      nodes,
      edges: [edge('a assigned t', 'e'), edge('a assigned t', 'e')],
    });
    expect(validateGraph(twice).map(brief)).toEqual([
      ['node.duplicateId', 't', null],
      ['edge.duplicateId', null, null],
      ['edge.duplicate', 't', null],
    ]);
  });

  it('finds lines that lead nowhere, to themselves, or between the wrong things', () => {
    const note: Node = { id: 'n', kind: 'note', position, data: { text: 'Hello' } };
    const nodes = [agent('a'), agent('b'), task('t'), note];
    const lines = ['a assigned t', 'b assigned gone', 'gone next lost', 't context t', 't next t'];
    const wrong = ['a assigned b', 't assigned a', 'a context t', 't context n', 'n next t'];
    expect(problemsOf(nodes, ...lines, ...wrong)).toEqual([
      ['agent.idle', 'b', null],
      ['edge.dangling', 'b', null],
      ['edge.dangling', null, null],
      ['edge.self', 't', null],
      ['edge.self', 't', null],
      ['edge.wrongKinds', 'b', null],
      ['edge.wrongKinds', 'a', null],
      ['edge.wrongKinds', 't', null],
      ['edge.wrongKinds', 'n', null],
      ['edge.wrongKinds', 't', null],
    ]);
  });

  it('names the tasks of each circle, in the direction of its lines', () => {
    const nodes = [agent('a'), ...['A', 'B', 'C', 'D', 'E', 'F'].map((id) => task(id))];
    const assigned = ['A', 'B', 'C', 'D', 'E', 'F'].map((id) => `a assigned ${id}`);
    const problems = validateGraph(
      graph(
        nodes,
        ...assigned,
        'A context B',
        'B next C',
        'C context A',
        'C context F',
        'D next E',
        'E next D',
      ),
    );
    expect(problems.map(({ code, nodeId, message }) => [code, nodeId, message])).toEqual([
      ['graph.cycle', 'A', '“A”, “B” and “C” wait for each other, so none of them can start'],
      ['graph.cycle', 'D', '“D” and “E” wait for each other, so none of them can start'],
    ]);
  });

  it('finds tools and models that nobody has, whatever they are spelled like', () => {
    const nodes = [
      agent('a', { model: 'nobody/x', tools: ['calculator', 'toString', 'toString'] }),
      task('t', { tools: ['__proto__'] }),
    ];
    expect(problemsOf(nodes, 'a assigned t')).toEqual([
      ['agent.unknownModel', 'a', 'model'],
      ['agent.unknownTool', 'a', 'tools'],
      ['task.unknownTool', 't', 'tools'],
    ]);
    const all = { tools: new Set(['toString', 'calculator', '__proto__']), models: () => true };
    expect(validateGraph(graph(nodes, 'a assigned t'), all)).toEqual([]);
  });

  it.each(['../up.md', '~/home.md', '$HOME/x', 'a|b', 'a>b', 'a<b', 'a&b', 'a;b', 'a\\b', 'a\u0000b'])(
    'refuses the file name %j',
    (outputFile) => {
      expect(problemsOf([agent('a'), task('t', { outputFile })], 'a assigned t')).toEqual([
        ['task.unsafeOutputFile', 't', 'outputFile'],
      ]);
    },
  );

  it('warns of two answers under one file name', () => {
    const nodes = [agent('a'), task('t', { outputFile: '/r.md' }), task('u', { outputFile: ' r.md' })];
    const problems = validateGraph(graph(nodes, 'a assigned t', 'a assigned u'));
    expect(problems.map(brief)).toEqual([['task.sharedOutputFile', 'u', 'outputFile']]);
    expect(hasErrors(problems)).toBe(false);
  });

  it('goes down chains deeper than there may be, and around circles as long, without recursion', () => {
    const deep = chain(20_000);
    expect(validateGraph(deep)).toEqual([]);
    const closing = { id: 'closing', kind: 'next', from: 't20000', to: 't1' } as const;
    expect(validateGraph({ ...deep, edges: [...deep.edges, closing] })).toMatchObject([
      {
        code: 'graph.cycle',
        message: '“t1”, “t2”, “t3”, “t4”, “t5” and 19995 more wait for each other, so none of them can start',
      },
    ]);
  });
});
