import { describe, expect, it } from 'vitest';
import { compileGraph } from '#workflows/graph/compile.ts';
import type { CrewGraph, NodeKind, NodeOf } from '#workflows/graph/schema.ts';
import { validateGraph } from '#workflows/graph/validate.ts';
import { importCrew } from './importCrew.ts';
import { refusal } from './testing/refusal.ts';

const agentsYaml = `
researcher:
  role: >
    Senior {topic} researcher
  goal: >
    Find what is new about {topic}
  backstory: >
    Reads everything.
  llm: gpt-4o
  tools: [CalculatorTool, get_current_time]
  max_iter: 7
  max_tokens: 900
  temperature: 0.3
qa_agent:
  role: Editor
  goal: Make it short
  backstory: Cut for years.
  llm:
    model: anthropic/claude-haiku-4-5
    max_tokens: 300
`;
const tasksYaml = `
research_task:
  description: >
    Find five facts about {topic}.
  expected_output: Five facts
  agent: researcher
  async_execution: yes
  context: []
write:
  name: Write it up
  description: Write them up.
  expected_output: A page
  agent: qa_agent
  context:
    - research_task
  markdown: true
  output_file: out/{topic}.md
check:
  description: Check it.
  expected_output: Fine
  agent: qa_agent
`;

const crewai = (agents: string, tasks: string) =>
  importCrew({ format: 'crewai', files: { 'config/agents.yaml': agents, 'config/tasks.yaml': tasks } });

function nodes<K extends NodeKind>(graph: CrewGraph, kind: K): NodeOf<K>[] {
  return graph.nodes.filter((node): node is NodeOf<K> => node.kind === kind);
}
const lines = (graph: CrewGraph) => graph.edges.map(({ from, kind, to }) => `${from} ${kind} ${to}`);

/** A crew of one task with these fields. */
const oneTask = (fields: string) => crewai('a:\n  role: R', `t:\n  description: D\n${fields}`);

describe('a classic CrewAI project', () => {
  it('becomes a crew that can run, with nothing lost that has a place here', () => {
    const { name, graph, warnings } = crewai(agentsYaml, tasksYaml);
    expect([name, warnings, validateGraph(graph)]).toEqual(['Imported crew', [], []]);
    expect(nodes(graph, 'agent').map(({ id, data }) => [id, data])).toEqual([
      [
        'researcher',
        {
          name: 'Researcher',
          role: 'Senior {topic} researcher\n',
          goal: 'Find what is new about {topic}\n',
          backstory: 'Reads everything.\n',
          model: 'openai/gpt-4o',
          temperature: 0.3,
          maxTokens: 900,
          tools: ['calculator', 'current_time'],
          maxIterations: 7,
        },
      ],
      [
        'qa_agent',
        {
          name: 'QA',
          role: 'Editor',
          goal: 'Make it short',
          backstory: 'Cut for years.',
          model: 'anthropic/claude-haiku-4-5',
          temperature: null,
          maxTokens: 300,
          tools: [],
          maxIterations: 25,
        },
      ],
    ]);
    const plan = compileGraph(graph, { defaultModel: 'demo/stand-in' });
    expect(plan.inputs).toEqual(['topic']);
    expect(plan.tasks).toMatchObject([
      {
        nodeId: 'research_task',
        name: 'Research',
        agentId: 'researcher',
        description: 'Find five facts about {topic}.',
        waitsFor: [],
        context: { tasks: [] },
        markdown: false,
        outputFile: null,
      },
      {
        nodeId: 'write',
        name: 'Write it up',
        waitsFor: ['research_task'],
        context: { tasks: ['research_task'] },
        markdown: true,
        outputFile: 'out/{topic}.md',
      },
      { nodeId: 'check', waitsFor: ['write'], context: { first: 2 } },
    ]);
  });

  it('imports twice as the same graph', () => {
    expect(crewai(agentsYaml, tasksYaml)).toEqual(crewai(agentsYaml, tasksYaml));
  });

  it('leaves tasks without an agent for its user to assign', () => {
    const { graph, warnings } = crewai(
      'a:\n  role: R\n  goal: G',
      't:\n  description: D\n  expected_output: E',
    );
    const errors = validateGraph(graph).filter(({ severity }) => severity === 'error');
    expect([warnings, errors.map(({ code, nodeId }) => [code, nodeId])]).toEqual([
      [],
      [['task.unassigned', 't']],
    ]);
  });

  it('warns of each key that has no place here, and of names that lead nowhere', () => {
    const { warnings } = crewai(
      'a:\n  verbose: true\n  llm: groq/llama\n  tools: [FancyTool, toString]\nb: 7',
      [
        't:',
        '  agent: nobody',
        '  context: [u, gone, t]',
        '  guardrail: Be short',
        '  __proto__: x',
        '  async_execution: maybe',
        '  expected_output: {a: b}',
        'u:',
        '  context: 3',
      ].join('\n'),
    );
    expect(warnings.map(({ file, key }) => [file, key])).toEqual([
      ['config/agents.yaml', 'agents.b'],
      ['config/agents.yaml', 'agents.a.llm'],
      ['config/agents.yaml', 'agents.a.tools.FancyTool'],
      ['config/agents.yaml', 'agents.a.tools.toString'],
      ['config/agents.yaml', 'agents.a.verbose'],
      ['config/tasks.yaml', 'tasks.t.context'],
      ['config/tasks.yaml', 'tasks.t.expected_output'],
      ['config/tasks.yaml', 'tasks.t.async_execution'],
      ['config/tasks.yaml', 'tasks.t.__proto__'],
      ['config/tasks.yaml', 'tasks.t.agent'],
      ['config/tasks.yaml', 'tasks.u.context'],
    ]);
  });

  it('tells a context that is empty from one that is missing', () => {
    const contextOf = (fields: string) => nodes(oneTask(fields).graph, 'task')[0]?.data.context;
    expect(contextOf('  context:')).toBe('none');
    expect(contextOf('  context: []')).toBe('none');
    expect(contextOf('  context: null')).toBe('none');
    expect(contextOf('  name: T')).toBe('auto');
  });

  it('takes a number without quotes for a text, and no number where it is out of range', () => {
    const { graph, warnings } = crewai('a:\n  role: 2024\n  max_iter: 0\n  temperature: hot', '');
    expect(nodes(graph, 'agent')[0]?.data).toMatchObject({
      role: '2024',
      maxIterations: 25,
      temperature: null,
    });
    expect(warnings.map(({ key }) => key)).toEqual(['agents.a.temperature', 'agents.a.max_iter']);
  });

  it('makes ids of keys that are no ids, and tells an agent from a task of the same name', () => {
    const { graph } = crewai(
      '"__proto__":\n  role: R\n"a b/../c":\n  role: R\nwrite:\n  role: R\n"日本":\n  role: R',
      'write:\n  agent: write\n  description: D\nconstructor:\n  agent: __proto__\n  context: [write]',
    );
    expect(graph.nodes.map(({ id }) => id)).toEqual([
      'proto__',
      'a-b-c',
      'write',
      'node',
      'write-2',
      'constructor-2',
    ]);
    expect(lines(graph)).toEqual([
      'write assigned write-2',
      'proto__ assigned constructor-2',
      'write-2 context constructor-2',
    ]);
    expect(Object.hasOwn(Object.prototype, 'role')).toBe(false);
  });

  it('follows aliases and merged defaults', () => {
    const { graph, warnings } = crewai(
      'a: &base\n  role: R\n  goal: G\n  backstory: B\nb:\n  <<: *base\n  role: S',
      '',
    );
    expect(nodes(graph, 'agent').map(({ data }) => [data.role, data.goal])).toEqual([
      ['R', 'G'],
      ['S', 'G'],
    ]);
    expect(warnings).toEqual([]);
  });

  it('leaves out characters that no database takes', () => {
    const { graph } = crewai('"a\\0b":\n  role: "x\\0\\uD800y"\n  llm: "gpt-4\\0o"', '');
    const [agent] = nodes(graph, 'agent');
    expect([agent?.data.name, agent?.data.role, agent?.data.model]).toEqual([
      'Ab',
      'x\uFFFDy',
      'openai/gpt-4o',
    ]);
  });

  it('takes a file without a mapping for empty', () => {
    expect(crewai('- a\n- b', '').graph.nodes).toEqual([]);
  });

  it('finds the pair that lies least deep, whatever else there is, and never opens a path', () => {
    const { name, graph, warnings } = importCrew({
      format: 'crewai',
      files: {
        '../../etc/agents.yaml': 'wrong:\n  role: R',
        'flow/crews/other/config/agents.yaml': 'wrong:\n  role: R',
        'flow/crews/other/config/tasks.yaml': 'wrong:\n  description: D',
        'src/market_crew/config/agents.yml': 'a:\n  role: R',
        'src/market_crew/config/tasks.yaml': 't:\n  agent: a',
        'src/market_crew/crew.py': 'import os',
        '/etc/passwd': 'x',
      },
    });
    expect(name).toBe('Market crew');
    expect(graph.nodes.map(({ id }) => id)).toEqual(['a', 't']);
    expect(warnings.map(({ file }) => file)).toEqual([
      '../../etc/agents.yaml',
      'flow/crews/other/config/agents.yaml',
      'flow/crews/other/config/tasks.yaml',
      'src/market_crew/crew.py',
    ]);
  });

  it('says which file is missing', () => {
    const { warnings } = importCrew({ format: 'crewai', files: { 'tasks.yaml': 't:\n  description: D' } });
    expect(warnings.map(({ key }) => key)).toEqual(['agents']);
    expect(refusal(() => importCrew({ format: 'crewai', files: { 'a.txt': '' } }))).toBe(
      'There is no crew among the files: no agents.yaml and tasks.yaml, no crew.py, crew.jsonc or flow.yaml.',
    );
  });

  it.each([
    ['bad YAML', 'a: b: c', /^config\/agents.yaml, line 1: it is not valid YAML \(.+\)\.$/],
    ['tabs', 'a:\n\trole: R', /line 2: it is indented with tabs/],
    ['a key twice', 'a:\n  role: R\n  goal: G\n  role: S', /line 4: the key “role” appears twice/],
    ['a tag that would run code', 'a: !!python/object:os.system x', /line 1: it has a tag/],
    ['two documents', 'a: 1\n---\nb: 2', /line 2: it holds more than one document/],
    ['depth', '- '.repeat(50_000), /it is nested too deeply/],
    ['brackets', '['.repeat(50_000), /it is nested too deeply/],
    ['a crowd of anchors', '&a '.repeat(300_000), /it has too many anchors/],
    ['an alias of nothing', 'a: *b', /an alias \(\*\) in it leads nowhere/],
    ['aliases of aliases', laughs(), /an alias \(\*\) in it leads nowhere, or too far/],
    ['a crowd of keys', 'a:\n'.repeat(200_000), /it is larger than a crew can be/],
    ['size', `a: ${'x'.repeat(1_000_000)}`, /it is larger than a crew can be/],
    ['a role of a whole book', `a:\n  role: ${'x'.repeat(5_000)}`, /agents\.a\.role cannot be used/],
  ])('refuses %s in a sentence', (_, yaml, sentence) => {
    expect(refusal(() => crewai(yaml, tasksYaml))).toMatch(sentence);
  });

  it('refuses more tasks than a crew can have', () => {
    const tasks = Array.from({ length: 5_001 }, (_, n) => `t${n}: {description: D}`).join('\n');
    expect(refusal(() => crewai('', tasks))).toMatch(/at most 5000 agents and tasks/);
  });
});

function laughs(): string {
  const rounds = Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`);
  return `a0: &a0 [x, x]\n${rounds.join('\n')}`;
}
