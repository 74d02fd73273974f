import { describe, expect, it } from 'vitest';
import { refusal } from '../testing/refusal.ts';
import { crewai, linesOf, nodesOf, warned } from '../testing/told.ts';

const flowYaml = `
schema: crewai.flow/v1
name: Briefing
description: >
  Briefs on a topic.
state:
  type: dict
  default: {topic: AI}
methods:
  brief:
    description: Runs the crew
    start: true
    do:
      call: crew
      inputs:
        topic: "\${state.topic}"
        length: "\${state.length * 2}"
      with:
        agents:
          researcher: {role: Researcher, goal: Find, backstory: B, settings: {max_iter: 4}}
          broken: 7
        tasks:
          - name: research_task
            description: Find news about {topic}
            expected_output: Facts
            agent: researcher
          - description: Sum up
            expected_output: A line
            agent: researcher
            context: [research_task]
        process: sequential
        verbose: true
  send:
    listen: brief
    do: {call: tool, ref: "mail:Send"}
config: {tracing: true}
`;

describe('a flow.yaml', () => {
  it('imports as the crew that its method calls', () => {
    const crew = crewai({ 'my_flow/flow.yaml': flowYaml });
    expect([crew.name, crew.description]).toEqual(['Briefing', 'Briefs on a topic.']);
    expect(nodesOf(crew.graph, 'agent').map(({ data }) => [data.role, data.maxIterations])).toEqual([
      ['Researcher', 4],
    ]);
    expect(linesOf(crew.graph)).toEqual([
      'researcher assigned research_task',
      'researcher assigned task_2',
      'research_task context task_2',
    ]);
    expect(warned(crew)).toEqual([
      'flow.yaml: flow.config',
      'flow.yaml: flow.state.default',
      'flow.yaml: methods.send',
      'flow.yaml: methods.brief.do.inputs.length',
      'flow.yaml: crew.agents.broken',
      'flow.yaml: crew.verbose',
    ]);
  });

  it('takes agents as a list, under any name of the file', () => {
    const flow = `schema: "crewai.flow/v1"
methods:
  a:
    listen: x
    do:
      call: crew
      with:
        agents: [{name: one, role: R}, {two: {role: S}}, 3]
        tasks: [{description: D, agent: two}]`;
    const crew = crewai({ 'deep/er/anything.yml': flow, 'README.md': 'schema: crewai.flow/v1' });
    expect(crew.name).toBe('Er');
    expect(nodesOf(crew.graph, 'agent').map(({ id, data }) => [id, data.role])).toEqual([
      ['one', 'R'],
      ['two', 'S'],
    ]);
    expect(warned(crew)).toEqual(['anything.yml: methods.a.listen']);
  });

  it('follows a declaration into a file beside it, and gives way to a crew that is whole', () => {
    const call = (path: string) =>
      `schema: crewai.flow/v1\nmethods: {a: {start: true, do: {call: crew, from_declaration: "${path}"}}}`;
    const files = {
      'crews/b/crew.jsonc': '{"agents":["x"],"tasks":[{"name":"t","agent":"x"}]}',
      'crews/b/agents/x.jsonc': '{"role":"X"}',
    };
    const crew = crewai({ ...files, 'flow.yaml': call('crews/b') });
    expect([crew.name, linesOf(crew.graph), warned(crew)]).toEqual([
      'B',
      ['x assigned t'],
      ['flow.yaml: flow'],
    ]);
    expect(refusal(() => crewai({ 'flow.yaml': call('../../etc/passwd'), '/etc/passwd': '{}' }))).toBe(
      'flow.yaml: the crew that methods.a.do calls is not among the files.',
    );
  });

  it.each([
    ['no crew', 'methods: {a: {do: {call: agent}}}'],
    ['no methods', 'methods: 3'],
  ])('refuses one with %s in a sentence', (_, rest) => {
    expect(refusal(() => crewai({ 'flow.yaml': `schema: crewai.flow/v1\n${rest}` }))).toBe(
      'flow.yaml: no method of this flow calls a crew, and nothing else of a flow can be read yet.',
    );
  });
});
