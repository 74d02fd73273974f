import { describe, expect, it } from 'vitest';
import { drawCrew } from '#workflows/graph/draw.ts';
import { samples, toolLoop } from '#workflows/graph/examples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { exportCrew } from './exportCrew.ts';
import { EXPORT_FORMATS } from './exportFormats.ts';
import { agents, fileOf, task } from './testing/exported.ts';
import { crewai, nodesOf } from './testing/told.ts';

const named = (graph: CrewGraph, name = 'Facts') => ({ name, description: '', graph });
const classic = (graph: CrewGraph, name?: string) => exportCrew(named(graph, name), 'crewai');

describe('a classic project', () => {
  it('has everything that installs and runs it', () => {
    const { files, warnings } = classic(toolLoop, 'Sum: it "up"');
    expect(warnings).toEqual([]);
    expect(Object.keys(files)).toEqual([
      'README.md',
      'pyproject.toml',
      'src/sum_it_up_crew/__init__.py',
      'src/sum_it_up_crew/main.py',
      'src/sum_it_up_crew/crew.py',
      'src/sum_it_up_crew/config/agents.yaml',
      'src/sum_it_up_crew/config/tasks.yaml',
      'src/sum_it_up_crew/tools/__init__.py',
      'src/sum_it_up_crew/tools/calculator.py',
      'src/sum_it_up_crew/tools/current_time.py',
    ]);
    expect(
      files['src/sum_it_up_crew/crew.py'],
    ).toBe(`"""Who and what stand in config/agents.yaml and config/tasks.yaml; this file puts them together."""

from crewai import Agent, Crew, Process, Task
from crewai.project import CrewBase, agent, crew, task

from sum_it_up_crew.tools.calculator import Calculator
from sum_it_up_crew.tools.current_time import CurrentTime


@CrewBase
class SumItUpCrew:
    agents_config = "config/agents.yaml"
    tasks_config = "config/tasks.yaml"

    @agent
    def worker(self) -> Agent:
        return Agent(
            config=self.agents_config["worker"],
            tools=[Calculator(), CurrentTime()],
        )

    @task
    def sum(self) -> Task:
        return Task(config=self.tasks_config["sum"])

    @crew
    def crew(self) -> Crew:
        return Crew(
            name="Sum: it \\"up\\"",
            agents=self.agents,
            tasks=self.tasks,
            process=Process.sequential,
        )
`);
    expect(
      files['src/sum_it_up_crew/config/agents.yaml'],
    ).toBe(`# Who works in the crew. CrewAI reads this file through crew.py.

worker:
  role: "Worker"
  goal: "Do what is asked"
  backstory: "Works for tests"
  max_iter: 5
`);
  });

  it('writes models, and what they need to be called', () => {
    const exported = classic(
      drawCrew({
        agents: [
          { ...agents[0], id: 'plain', name: 'Plain', model: 'openai/gpt-4.1' },
          {
            ...agents[0],
            id: 'warm',
            name: 'Warm',
            model: 'anthropic/claude-haiku-4-5',
            temperature: 0.5,
            maxTokens: 9,
          },
          { ...agents[0], id: 'usual', name: 'Usual', temperature: 1 },
          { ...agents[0], id: 'local', name: 'Local', model: 'openai/llama3' },
          { ...agents[0], id: 'demo', name: 'Demo', model: 'demo/stand-in' },
        ],
        tasks: [],
      }),
    );
    const python = fileOf(exported, 'crew.py');
    expect(fileOf(exported, 'agents.yaml')).toContain('llm: "openai/gpt-4.1"');
    expect(python).toContain('llm=LLM(model="anthropic/claude-haiku-4-5", temperature=0.5, max_tokens=9)');
    expect(python).toContain('llm=LLM(model=DEFAULT_MODEL, temperature=1)');
    expect(python).toContain('DEFAULT_MODEL = os.environ.get("MODEL", "gpt-4.1-mini")');
    expect(fileOf(exported, 'pyproject.toml')).toContain('"crewai[anthropic,litellm]>=1.15,<2"');
    expect(exported.warnings.map(({ key }) => key)).toEqual(['graph.noTasks', 'agents.demo.llm']);
  });

  it('lets no text out of its quotes', () => {
    const evil = '"""\n# {{x}} {topic}: - \\" \'\nimport os; os.system("x") 😀';
    const exported = classic(
      drawCrew({
        agents: [
          {
            ...agents[0],
            id: 'a',
            name: evil,
            role: evil,
            goal: evil,
            backstory: evil,
            model: evil,
            temperature: 0,
          },
        ],
        tasks: [task('t', { name: evil, description: evil, expectedOutput: `${evil}\n`, outputFile: null })],
      }),
      evil,
    );
    const python = fileOf(exported, 'crew.py');
    expect(python.split('\n').filter((line) => line.includes('os.system'))).toEqual([
      `            llm=LLM(model=${JSON.stringify(evil)}, temperature=0),`,
      `            name=${JSON.stringify(evil)},`,
    ]);
    const { graph } = crewai({ ...exported.files });
    expect(nodesOf(graph, 'task')[0]?.data).toMatchObject({
      name: evil,
      description: evil,
      expectedOutput: `${evil}\n`,
    });
  });

  it('asks for inputs, and leaves as text what is text here', () => {
    const exported = classic(
      drawCrew({ agents, tasks: [task('t', { description: `{topic} {constructor} {${'x'.repeat(70)}}` })] }),
    );
    const main = fileOf(exported, 'main.py');
    expect(main).toContain('INPUTS = ["topic"]');
    expect(main).toContain(`TEXTS = ["constructor", "${'x'.repeat(70)}"]`);
  });

  it('warns of what CrewAI would refuse', () => {
    const exported = classic(
      drawCrew({
        agents,
        tasks: [
          task('lost', { agent: undefined, tools: ['teleport'] }),
          task('file', { outputFile: '/out/{topic}/{ x }.md' }),
        ],
      }),
    );
    expect(exported.warnings.map(({ key, nodeId }) => [key, nodeId])).toEqual([
      ['task.unassigned', 'lost'],
      ['task.unknownTool', 'lost'],
      ['tasks.file.output_file', 'file'],
    ]);
    expect(fileOf(exported, 'tasks.yaml')).toContain('output_file: "out/{topic}/{ x }.md"');
    expect(fileOf(exported, 'README.md')).toContain('- `task.unassigned`: “lost” needs somebody to do it');
  });
});

describe('any export', () => {
  it.each(EXPORT_FORMATS.flatMap((format) => samples.map((sample) => [sample.key, format, sample] as const)))(
    'of %s by %s is the same each time and names no file outside',
    (_, format, sample) => {
      const exported = exportCrew(sample, format);
      expect(exportCrew(structuredClone(sample), format)).toEqual(exported);
      expect(Object.keys(exported.files).filter((path) => /^\/|\.\.|\\|[^\w./-]/.test(path))).toEqual([]);
    },
  );
});
