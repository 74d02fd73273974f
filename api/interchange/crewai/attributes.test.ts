import { describe, expect, it } from 'vitest';
import { exportCrew } from '../exportCrew.ts';
import { crewai, nodesOf, warned } from '../testing/told.ts';

const project = {
  'crew.py': `
from crewai import Agent, Crew, Process, Task
@CrewBase
class Team:
    @agent
    def worker(self):
        return Agent(config=self.agents_config['worker'],
            planning_config=PlanningConfig(reasoning_effort='high', max_steps=4),
            knowledge_config=KnowledgeConfig(results_limit=7, score_threshold=0.2),
            llm=LLM(model='openai/gpt-4o', top_p=0.5, seed=7, reasoning_effort='low', stop=['END']))
    def boss(self):
        return Agent(config=self.agents_config['boss'])
    @task
    def write(self):
        return Task(config=self.tasks_config['write'])
    @crew
    def crew(self):
        return Crew(agents=self.agents, tasks=self.tasks, process=Process.hierarchical,
            manager_agent=self.boss(), planning=True, planning_llm='gpt-4o', memory=True, cache=True, max_rpm=30)`,
  'config/agents.yaml': `
worker:
  role: Writer
  goal: Write
  backstory: Wrote
  max_rpm: 10
  max_execution_time: 60
  max_retry_limit: 1
  allow_delegation: true
  use_system_prompt: false
  system_template: "S {{ .System }}"
  prompt_template: "P {{ .Prompt }}"
  response_template: "R {{ .Response }}"
  respect_context_window: false
  inject_date: true
  date_format: "%d.%m.%Y"
  memory: false
  guardrail: Be kind
  guardrail_max_retries: 2
  tool_failure_policy: raise
boss:
  role: Boss
  goal: Lead
  backstory: Led
`,
  'config/tasks.yaml': `
write:
  description: Write it
  expected_output: A text
  human_input: true
  guardrails: [Be short, "Cite: sources"]
  guardrail_max_retries: 5
  tool_failure_policy: ignore
  allow_crewai_trigger_context: false
`,
};

describe('attributes of CrewAI', () => {
  const crew = crewai(project);
  const [worker, boss] = nodesOf(crew.graph, 'agent');

  it('[1.1 knowledge_config] [1.1 guardrail] [1.1 guardrail_max_retries] [1.2 config] are all taken over', () => {
    expect(warned(crew)).toEqual([]);
    expect(worker?.data).toMatchObject({
      model: 'openai/gpt-4o',
      topP: 0.5,
      seed: 7,
      reasoningEffort: 'low',
      stop: ['END'],
      maxRpm: 10,
      maxExecutionSeconds: 60,
      maxRetries: 1,
      allowDelegation: true,
      useSystemPrompt: false,
      systemTemplate: 'S {{ .System }}',
      promptTemplate: 'P {{ .Prompt }}',
      responseTemplate: 'R {{ .Response }}',
      respectContextWindow: false,
      injectDate: true,
      dateFormat: '%d.%m.%Y',
      memory: false,
      guardrail: 'Be kind',
      guardrailMaxRetries: 2,
      toolFailurePolicy: 'raise',
      planning: { effort: 'high', maxAttempts: null, maxSteps: 4, maxReplans: 3 },
      knowledgeLimit: 7,
      knowledgeThreshold: 0.2,
    });
    expect(nodesOf(crew.graph, 'task')[0]?.data).toMatchObject({
      humanInput: true,
      guardrails: [
        { kind: 'model', instruction: 'Be short' },
        { kind: 'model', instruction: 'Cite: sources' },
      ],
      guardrailMaxRetries: 5,
      toolFailurePolicy: 'ignore',
      triggerPayload: false,
    });
  });

  it('[1.3 name] [1.3 agents] [1.3 tasks] of a crew become its settings, and a manager is found outside of the list of agents', () => {
    expect(crew.name).toBe('Team');
    expect(crew.graph.nodes.map(({ id }) => id)).toEqual(['worker', 'boss', 'write']);
    expect(crew.graph).toMatchObject({
      process: 'hierarchical',
      settings: {
        managerAgent: boss?.id,
        planning: true,
        planningModel: 'openai/gpt-4o',
        memory: true,
        cache: true,
        maxRpm: 30,
      },
    });
  });

  it.each([
    ['planning: true', { effort: 'low', maxAttempts: 1 }],
    ['reasoning: true\n  max_reasoning_attempts: 4', { effort: 'medium', maxAttempts: 4 }],
    ['planning_config: {reasoning_effort: high, max_replans: 0}', { effort: 'high', maxReplans: 0 }],
  ])('switch planning on by %s', (line, planning) => {
    const { graph } = crewai({
      'agents.yaml': `a:\n  role: R\n  ${line}\n`,
      'tasks.yaml': 't:\n  agent: a\n',
    });
    expect(nodesOf(graph, 'agent')[0]?.data.planning).toMatchObject(planning);
  });

  it('take a JSON Schema for an answer, and tell of a class that stands in Python', () => {
    const read = (output: string) =>
      crewai({ 'crew.jsonc': `{"agents":[],"tasks":[{"name":"t","description":"D",${output}}]}` });
    const schema = { type: 'object', properties: { a: { type: 'string' } } };
    const { graph } = read(`"output_json": ${JSON.stringify(schema)}`);
    expect(nodesOf(graph, 'task')[0]?.data.outputSchema).toEqual(schema);
    expect(warned(read('"output_pydantic": "Report"'))).toEqual(['crew.jsonc: tasks.t.output_pydantic']);
  });
});

it('how a tool may be used is read from its constructor, and written there again', () => {
  const crewPy = `
from crewai import Agent, Crew, Task
from crewai.project import CrewBase, agent, task
from crewai_tools import SerperDevTool

@CrewBase
class Finders:
    @agent
    def finder(self) -> Agent:
        return Agent(config=self.agents_config["finder"], tools=[SerperDevTool(max_usage_count=3, result_as_answer=True, n_results=2)])

    @task
    def find(self) -> Task:
        return Task(config=self.tasks_config["find"])
`;
  const files = {
    'src/finders/crew.py': crewPy,
    'src/finders/config/agents.yaml': 'finder:\n  role: Finder\n  goal: Find\n  backstory: Old\n',
    'src/finders/config/tasks.yaml':
      'find:\n  description: Find it.\n  expected_output: It.\n  agent: finder\n',
  };
  const { graph } = crewai(files);
  const [finder] = graph.nodes.filter(({ kind }) => kind === 'agent');
  const toolOptions = { web_search: { maxUses: 3, resultAsAnswer: true } };
  expect(finder?.data).toMatchObject({ tools: ['web_search'], toolOptions });
  const view = { name: 'Finders', description: '', graph, inputs: [] };
  const { files: written } = exportCrew(view, 'crewai');
  const python = Object.entries(written).find(([path]) => path.endsWith('crew.py'))?.[1];
  expect(python).toContain('tools=[WebSearch(max_usage_count=3, result_as_answer=True)]');
});
