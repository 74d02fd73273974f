import { describe, expect, it } from 'vitest';
import { crewai, linesOf, nodesOf, warned } from '../testing/told.ts';

const inClass = (methods: string, head = '') => `${head}
@CrewBase
class TwoPartsCrew:
${methods}
`;
const oneAgent = (fields: string, head = '') =>
  crewai({
    'crew.py': inClass(
      `    @agent\n    def a(self): return Agent(role='R', goal='G', backstory='B', ${fields})`,
      head,
    ),
  });
const agentOf = (fields: string, head = '') => nodesOf(oneAgent(fields, head).graph, 'agent')[0]?.data;

describe('what crew.py may say', () => {
  it('needs no YAML, and names the crew', () => {
    const { name, graph, warnings } = crewai({
      'crew.py': inClass(
        `    @agent
    def a(self): return Agent(role='R', goal='G', backstory='B')
    @task
    def b(self): return Task(description='D', expected_output='E', agent=self.a())`,
      ),
    });
    expect([name, linesOf(graph), warnings]).toEqual(['Two parts crew', ['a assigned b'], []]);
    expect(
      crewai({
        'crew.py': inClass(
          `    @crew\n    def c(self): return Crew(name="Mine: “ours”")\n    @agent\n    def a(self): return Agent()`,
        ),
      }).name,
    ).toBe('Mine: “ours”');
  });

  it.each([
    [`llm='gpt-4o'`, '', { model: 'openai/gpt-4o' }],
    [`llm=LLM('gpt-4o', temperature=1)`, '', { model: 'openai/gpt-4o', temperature: 1 }],
    [
      `llm=big`,
      `big = ChatOpenAI(model_name="gpt-4o", max_tokens=5)`,
      { model: 'openai/gpt-4o', maxTokens: 5 },
    ],
    [`llm=os.getenv('MODEL', 'x')`, '', { model: '' }],
    [`llm=LLM(model=os.environ.get('MODEL'), temperature=0)`, '', { model: '', temperature: 0 }],
    [`llm=LLM(model=os.environ['MODEL'])`, '', { model: '' }],
    [`llm=LLM(model=NAME)`, `NAME = 'claude-haiku-4-5'`, { model: 'anthropic/claude-haiku-4-5' }],
    [`tools=None`, '', { tools: [] }],
    [`goal=dedent("""\\\n   one\n     two\n   """).strip()`, '', { goal: 'one\n  two' }],
  ])('reads %s', (fields, head, data) => {
    const crew = oneAgent(fields, head);
    expect(nodesOf(crew.graph, 'agent')[0]?.data).toMatchObject(data);
  });

  it.each([
    [`llm=make()`, 'crew.py: agents.a.llm'],
    [`llm=LLM(model=f"{x}")`, 'crew.py: agents.a.llm.model'],
    [`tools=self.get_mcp_tools()`, 'crew.py: agents.a.tools'],
    [`tools=[*base]`, 'crew.py: agents.a.tools'],
    [`tools=[Search(key=1)]`, 'crew.py: agents.a.tools.Search'],
    [`max_iter=limit()`, 'crew.py: agents.a.max_iter'],
    [`config=load('a')`, 'crew.py: agents.a.config'],
    [`config=self.agents_config['gone']`, 'crew.py: agents.a.config'],
    [`planning_config=plan()`, 'crew.py: agents.a.planning_config'],
    [`knowledge_sources=[Source(x)]`, 'crew.py: agents.a.knowledge_sources'],
  ])('warns of %s by name', (fields, key) => {
    expect(warned(oneAgent(fields))).toContain(key);
  });

  it('lets what the file says win over the environment of names', () => {
    expect(agentOf('llm=a', 'a = b\nb = a')).toMatchObject({ model: '' });
    expect(agentOf('goal=text', `text = 'T'`)).toMatchObject({ goal: 'T' });
  });

  it('takes agents and tasks in the order that the crew lists them in', () => {
    const crew = crewai({
      'crew.py': inClass(`
    @task
    def one(self): return Task(description='1', agent=self.a())
    @task
    def two(self): return Task(description='2', context=[self.one()])
    @task
    def three(self): return Task(description='3', context=self.two)
    @agent
    def a(self): return Agent()
    @agent
    def b(self): return Agent()
    @crew
    def crew(self):
        return Crew(agents=[self.b(), self.a(), other], tasks=[self.three(), self.one()], process=Process.hierarchical, manager_llm='gpt-4o')`),
    });
    expect(crew.graph.nodes.map(({ id }) => id)).toEqual(['b', 'a', 'three', 'one']);
    expect(crew.graph).toMatchObject({
      process: 'hierarchical',
      settings: { managerModel: 'openai/gpt-4o' },
    });
    expect(warned(crew)).toEqual([
      'crew.py: crew.agents',
      'crew.py: tasks.two',
      'crew.py: tasks.three.context',
    ]);
  });

  it('reads what it can of methods that do more', () => {
    const crew = crewai({
      'crew.py': inClass(`
    @agent
    def a(self):
        if fast:
            return Agent(role='Fast')
        return Agent(role='Slow')
    @agent
    def b(self):
        return build(self)
    @task
    def c(self):
        return ConditionalTask(description='C', condition=when, agent=self.a())
    @task
    def d(self):
        pass`),
      'agents.yaml': 'b:\n  role: From YAML',
      'tasks.yaml': 'd:\n  description: From YAML\n  agent: a',
    });
    expect(nodesOf(crew.graph, 'agent').map(({ data }) => data.role)).toEqual(['Fast', '']);
    expect(nodesOf(crew.graph, 'task').map(({ data }) => data.description)).toEqual(['C', 'From YAML']);
    expect(linesOf(crew.graph)).toEqual(['a assigned c', 'a assigned d']);
    expect(warned(crew)).toEqual([
      'crew.py: crew.a',
      'crew.py: agents.b.type',
      'crew.py: agents.b',
      'crew.py: tasks.c.type',
      'crew.py: tasks.d',
      'agents.yaml: agents.b',
      'crew.py: tasks.c.condition',
    ]);
  });

  it('finds the files that the class names, and Python of another name', () => {
    const crew = crewai({
      'flow/crews/poem_crew/poem_crew.py': inClass(`    tasks_config = "config/poem.yaml"
    @task
    def write(self): return Task(config=self.tasks_config['write'])`),
      'flow/crews/poem_crew/config/agents.yaml': 'a:\n  role: R',
      'flow/crews/poem_crew/config/poem.yaml': 'write:\n  description: A poem\n  agent: a',
      'flow/main.py': 'class Flow: pass',
    });
    expect([crew.name, linesOf(crew.graph), warned(crew)]).toEqual(['Poem crew', ['a assigned write'], []]);
  });

  it('leaves Python that makes no crew, or too much of it, with a warning', () => {
    const yaml = { 'agents.yaml': 'a:\n  role: R', 'tasks.yaml': 't:\n  agent: a' };
    for (const text of ['agent = Agent(role="x")', `#${'x'.repeat(300_000)}`, '(((']) {
      const crew = crewai({ ...yaml, 'crew.py': text });
      expect([linesOf(crew.graph), warned(crew)]).toEqual([['a assigned t'], ['crew.py: crew']]);
    }
    const two = `${inClass('    @agent\n    def a(self): return Agent()')}\n@CrewBase\nclass Other: pass`;
    expect(warned(crewai({ 'crew.py': two }))).toEqual(['crew.py: crew.Other']);
  });

  it.each<[string, string, string]>([
    ['lists of lists', 'tools=a0', doubling((name) => `[${name}, ${name}]`)],
    ['maps of maps', 'llm=a0', doubling((name) => `{'x': ${name}, 'y': ${name}}`)],
    ['calls of calls', 'llm=a0', doubling((name) => `LLM(model=${name}, other=${name})`)],
    ['names in a circle', 'llm=a0', 'a0 = a1\na1 = a0'],
    ['one long list for everything', `tools=l, goal=l`, `l = [${'x, '.repeat(90_000)}]`],
  ])('is not kept busy by %s', (_, fields, head) => {
    expect(nodesOf(oneAgent(fields, head).graph, 'agent')).toHaveLength(1);
  });

  it('takes nothing from a prototype', () => {
    const crew = crewai({
      'crew.py': inClass(`    @agent
    def __proto__(self): return Agent(role='P', constructor=1, __proto__={'x': 1}, llm=LLM(model='gpt-4o', __proto__=2))
    @task
    def toString(self): return Task(description='D', agent=self.__proto__(), context=[self.constructor()])`),
    });
    expect(linesOf(crew.graph)).toEqual(['proto__ assigned toString-2']);
    expect(Reflect.get({}, 'x')).toBeUndefined();
  });
});

/** Names that each hold the next one twice. */
function doubling(twice: (name: string) => string): string {
  return Array.from({ length: 200 }, (_, n) => `a${n} = ${twice(`a${n + 1}`)}`).join('\n');
}
