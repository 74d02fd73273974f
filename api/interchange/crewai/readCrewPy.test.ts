import { describe, expect, it } from 'vitest';
import { crewai, linesOf, nodesOf, warned } from '../testing/told.ts';

const agentsYaml = `
researcher:
  role: Senior {topic} researcher
  goal: Find news
  backstory: Reads everything.
  verbose: true
lead_writer:
  role: Writer
  goal: Write it up
  backstory: Wrote for years.
nobody:
  role: Unused
`;
const tasksYaml = `
dig:
  description: Find five facts about {topic}.
  expected_output: Five facts
report:
  description: Write them up.
  expected_output: A page
  output_file: from-yaml.md
extra:
  description: Never made.
`;
const crewPy = `
from crewai import Agent, Crew, LLM, Process, Task
from crewai.project import CrewBase, agent, crew, task, tool, llm, before_kickoff
from crewai_tools import SerperDevTool

search = SerperDevTool()

@CrewBase
class MarketNewsCrew():
    """What it does: Agent(role='not this')"""

    agents_config = 'config/agents.yaml'

    @before_kickoff
    def prepare(self, inputs):
        return inputs

    @llm
    def small(self) -> LLM:
        return LLM(model="openai/gpt-4o-mini", temperature=0.2, max_tokens=900, seed=7)

    @tool
    def sums(self):
        return CalculatorTool()

    @agent
    def writer(self) -> Agent:
        return Agent(
            config=self.agents_config['lead_writer'],  # type: ignore[index]
            llm=self.small(),
            max_iter=7,
        )

    @agent
    def researcher(self) -> Agent:
        return Agent(config=self.agents_config["researcher"], tools=[search, self.sums(), get_current_time], verbose=False)

    @task
    def dig(self) -> Task:
        return Task(config=self.tasks_config['dig'], agent=self.researcher(), async_execution=True)

    @task
    def check(self) -> Task:
        return Task(
            description="""Check
the {topic} facts""",
            expected_output='A list of ' 'doubts',
            name='Check the facts',
            agent=self.writer(),
            context=[],
        )

    @task
    def report(self) -> Task:
        made = Task(
            **self.tasks_config.get('report'),
            agent=self.writer(),
            context=[self.dig(), self.check()],
            output_file=f"report-{today}.md",
            markdown=True,
            output_pydantic=Report,
            guardrail=lambda output: (True, output),
        )
        return made

    @crew
    def crew(self) -> Crew:
        """Makes the crew"""
        return Crew(agents=self.agents, tasks=self.tasks, process=Process.sequential, verbose=True, memory=True)
`;
const project = {
  'src/news/crew.py': crewPy,
  'src/news/config/agents.yaml': agentsYaml,
  'src/news/config/tasks.yaml': tasksYaml,
  'src/news/main.py': 'import news',
};

describe('a classic project with a crew.py', () => {
  const crew = crewai(project);
  const tasks = nodesOf(crew.graph, 'task');

  it('has what methods make, in their order, with what YAML and Python say of it', () => {
    expect(crew.name).toBe('News');
    expect(nodesOf(crew.graph, 'agent').map(({ id, data }) => [id, data])).toMatchObject([
      [
        'lead_writer',
        {
          role: 'Writer',
          model: 'openai/gpt-4o-mini',
          temperature: 0.2,
          maxTokens: 900,
          maxIterations: 7,
        },
      ],
      [
        'researcher',
        { role: 'Senior {topic} researcher', model: '', tools: ['web_search', 'calculator', 'current_time'] },
      ],
    ]);
    expect(tasks.map(({ id, data }) => [id, data])).toMatchObject([
      ['dig', { description: 'Find five facts about {topic}.', async: true, context: 'auto' }],
      [
        'check',
        {
          name: 'Check the facts',
          description: 'Check\nthe {topic} facts',
          expectedOutput: 'A list of doubts',
          context: 'none',
        },
      ],
      ['report', { markdown: true, outputFile: 'from-yaml.md' }],
    ]);
    expect(linesOf(crew.graph)).toEqual([
      'researcher assigned dig',
      'lead_writer assigned check',
      'lead_writer assigned report',
      'dig context report',
      'check context report',
    ]);
  });

  it('warns of each thing that has no place here, by file, method and key', () => {
    expect(warned(crew)).toEqual([
      'crew.py: crew.prepare',
      'agents.yaml: agents.nobody',
      'crew.py: tasks.report.output_file',
      'tasks.yaml: tasks.extra',
      'crew.py: agents.researcher.verbose',
      'crew.py: tasks.report.guardrail',
      'crew.py: tasks.report.output_pydantic',
      'crew.py: crew.verbose',
    ]);
    expect(crew.warnings.find(({ key }) => key === 'tasks.report.output_file')?.message).toBe(
      '“f"report-{today}.md"” is Python, which is never run here, so what the YAML says was taken.',
    );
  });

  it('imports twice as the same graph', () => {
    expect(crewai(project)).toEqual(crew);
  });
});
