import type { ToolOptions } from '#workflows/graph/nodes/agent.ts';
import { hasParameters } from './classicYaml.ts';
import type { ProjectName } from './projectName.ts';
import { MODEL_IMPORTS } from './pydanticModel.ts';
import { toolModules } from './toolFiles.ts';
import type { Fields, WrittenAgent, WrittenCrew, WrittenTask } from './WrittenCrew.ts';

/** The crew.py of a project. Texts stand in the YAML files: what is written here are keys, names of ours and numbers. */
export function crewPyFile(crew: WrittenCrew, { module, className }: ProjectName): string {
  const { agents, tasks, tools } = crew;
  const hasModels = agents.some(hasParameters);
  const models = tasks.flatMap(({ model }) => model ?? []);
  const takesDefault = agents.some((agent) => hasParameters(agent) && agent.model === '');
  return [
    '"""Who and what stand in config/agents.yaml and config/tasks.yaml; this file puts them together."""\n\n',
    takesDefault ? 'import os\n\n' : '',
    models.length > 0 ? `${MODEL_IMPORTS}\n` : '',
    `from crewai import ${hasModels ? 'LLM, ' : ''}Agent, Crew, Process, Task\n`,
    'from crewai.project import CrewBase, agent, crew, task\n',
    ...(tools.length > 0 ? ['\n'] : []),
    ...toolModules(tools).map((tool) => `from ${module}.tools.${tool.module} import ${tool.className}\n`),
    takesDefault ? '\nDEFAULT_MODEL = os.environ.get("MODEL", "gpt-4.1-mini")\n' : '',
    ...models.map(({ text }) => `\n\n${text.trimEnd()}\n`),
    `\n\n@CrewBase\nclass ${className}:\n`,
    '    agents_config = "config/agents.yaml"\n    tasks_config = "config/tasks.yaml"\n',
    ...agents.map((agent) => agentMethod(agent, agent.key === crew.manager)),
    ...tasks.map(taskMethod),
    crewMethod(crew),
  ].join('');
}

function agentMethod(agent: WrittenAgent, isManager: boolean): string {
  const { key, model, tools, parameters, data } = agent;
  return method(isManager ? null : 'agent', key, 'Agent', [
    `config=self.agents_config["${key}"]`,
    ...(hasParameters(agent) ? [`llm=${languageModel(model, parameters)}`] : []),
    ...toolList(tools, data.toolOptions),
  ]);
}

function languageModel(model: string, parameters: Fields): string {
  const given = [
    `model=${model === '' ? 'DEFAULT_MODEL' : pythonText(model)}`,
    ...parameters.map(([name, value]) => `${name}=${pythonValue(value)}`),
  ];
  return `LLM(${given.join(', ')})`;
}

const taskMethod = ({ key, tools, model, data }: WrittenTask): string =>
  method('task', key, 'Task', [
    `config=self.tasks_config["${key}"]`,
    ...toolList(tools, data.toolOptions),
    ...(model ? [`output_pydantic=${model.name}`] : []),
  ]);

const toolList = (tools: readonly string[], options: ToolOptions = {}): string[] =>
  tools.length === 0
    ? []
    : [
        `tools=[${tools
          .flatMap((tool) =>
            toolModules([tool]).map(({ className }) => `${className}(${toldOf(options[tool])})`),
          )
          .join(', ')}]`,
      ];

/** How a tool may be used, as its constructor is told. */
const toldOf = ({ maxUses, resultAsAnswer }: ToolOptions[string] = {}): string =>
  [
    ...(maxUses === undefined ? [] : [`max_usage_count=${maxUses}`]),
    ...(resultAsAnswer ? ['result_as_answer=True'] : []),
  ].join(', ');

function method(decorator: string | null, key: string, type: string, given: readonly string[]): string {
  const [only] = given;
  const inside =
    given.length === 1 ? only : `\n${given.map((each) => `            ${each},\n`).join('')}        `;
  return `\n${decorator === null ? '' : `    @${decorator}\n`}    def ${key}(self) -> ${type}:\n        return ${type}(${inside})\n`;
}

const PARALLEL = `
        # In Troupe each task starts when what it reads is ready. CrewAI has no such process: it goes through the
        # list, and tasks with async_execution run beside those that follow.`;

const crewMethod = ({ name, isParallel, process, settings, manager }: WrittenCrew): string => `
    @crew
    def crew(self) -> Crew:${isParallel ? PARALLEL : ''}
        return Crew(
            name=${pythonText(name)},
            agents=self.agents,
            tasks=self.tasks,
            process=Process.${process},
${[
  ...(manager === undefined ? [] : [`manager_agent=self.${manager}()`]),
  ...settings.map(([field, value]) => `${field}=${pythonValue(value)}`),
]
  .map((each) => `            ${each},\n`)
  .join('')}        )
`;

/** A text, number, truth or list of texts as Python writes it. */
function pythonValue(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return Array.isArray(value) ? `[${value.map(pythonValue).join(', ')}]` : JSON.stringify(value);
}

/** What JSON escapes, Python reads the same. */
export const pythonText = (text: string): string => JSON.stringify(text);
