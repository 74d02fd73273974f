import { type AgentMarker, MARKER, type TaskMarker } from '../crewai/marker.ts';
import { taskName } from '../crewai/readTask.ts';
import { DEFAULT_ITERATIONS, hasParameters } from './classicYaml.ts';
import type { ExportWarning } from './ExportWarning.ts';
import { pyproject, readme } from './projectFiles.ts';
import { projectName } from './projectName.ts';
import { toolFiles, toolModules } from './toolFiles.ts';
import type { WrittenAgent, WrittenCrew, WrittenTask } from './WrittenCrew.ts';

/** What CrewAI takes when nothing names a model. Its JSON wants a model beside parameters. */
const CREWAI_MODEL = 'openai/gpt-4.1-mini';

/** A CrewAI project in JSON: crew.jsonc and a file for each agent. */
export function jsonProject(crew: WrittenCrew): { files: Record<string, string>; warnings: ExportWarning[] } {
  const name = projectName(crew.name);
  const tools = Object.entries(toolFiles(crew.tools));
  const warnings = [...crew.warnings, ...crew.agents.flatMap(warningOfModel)];
  const folders = ['"crew.jsonc"', '"agents"', ...(tools.length > 0 ? ['"tools"'] : [])];
  const rest = `[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[tool.hatch.build.targets.wheel]
only-include = [${folders.join(', ')}]

[tool.crewai]
type = "crew"
definition = "crew.jsonc"
`;
  const values = crew.inputs.map((input) => `"${input}": "..."`).join(', ');
  const inputs = crew.inputs.length === 0 ? '' : ` --inputs '{${values}}'`;
  const files = {
    'README.md': readme({ ...crew, warnings }, ['pip install crewai', `crewai run${inputs}`]),
    'pyproject.toml': pyproject(crew, { name, rest }),
    'crew.jsonc': crewFile(crew),
    ...Object.fromEntries(
      crew.agents.map((agent) => [`agents/${agent.key}.jsonc`, jsonc(agentFields(agent))]),
    ),
    ...Object.fromEntries(tools.map(([file, text]) => [`tools/${file}`, text])),
  };
  return { files, warnings };
}

const warningOfModel = (agent: WrittenAgent): ExportWarning[] =>
  takesDefault(agent)
    ? [
        {
          nodeId: agent.nodeId,
          key: `agents.${agent.key}.llm`,
          message: `CrewAI’s JSON wants a model beside temperature and length, so ${CREWAI_MODEL} was written.`,
        },
      ]
    : [];

const takesDefault = ({ model, data }: WrittenAgent) => model === '' && hasParameters(data);

function crewFile({ name, agents, tasks, inputs, literals, isParallel }: WrittenCrew): string {
  const texts = Object.fromEntries(literals.map((each) => [each, `{${each}}`]));
  const fields = {
    name,
    agents: agents.map(({ key }) => key),
    tasks: tasks.map(taskFields),
    process: 'sequential',
    ...(literals.length > 0 && inputs.length > 0 ? { inputs: texts } : {}),
  };
  return jsonc(fields, isParallel ? PARALLEL : '');
}

const PARALLEL =
  '// In Troupe each task starts when what it reads is ready. CrewAI has no such process: it goes through the list,\n' +
  '// and tasks with async_execution run beside those that follow.\n';

function agentFields(agent: WrittenAgent): object {
  const { data, model, tools } = agent;
  const { temperature, maxTokens } = data;
  const marker: AgentMarker = takesDefault(agent)
    ? { ...agent.marker, model: data.model, written: { model: CREWAI_MODEL } }
    : agent.marker;
  return {
    role: data.role,
    goal: data.goal,
    backstory: data.backstory,
    ...(hasParameters(data)
      ? {
          llm: {
            model: model || CREWAI_MODEL,
            ...(temperature === null ? {} : { temperature }),
            ...(maxTokens === null ? {} : { max_tokens: maxTokens }),
          },
        }
      : model && { llm: model }),
    ...(data.maxIterations === DEFAULT_ITERATIONS ? {} : { max_iter: data.maxIterations }),
    ...customTools(tools),
    ...marked(marker),
  };
}

function taskFields({ key, data, agent, tools, async, context, marker }: WrittenTask): object {
  const name: TaskMarker = taskName('', key) === data.name ? {} : { name: data.name };
  return {
    name: key,
    description: data.description,
    expected_output: data.expectedOutput,
    ...(agent === undefined ? {} : { agent }),
    ...(context === undefined ? {} : { context }),
    ...customTools(tools),
    ...(async ? { async_execution: true } : {}),
    ...(data.markdown ? { markdown: true } : {}),
    ...(data.outputFile === null ? {} : { output_file: data.outputFile }),
    ...marked({ ...name, ...marker }),
  };
}

const customTools = (tools: readonly string[]) =>
  tools.length === 0 ? {} : { tools: toolModules(tools).map(({ module }) => `custom:${module}`) };

/** CrewAI refuses fields it does not know, but passes over those within `config`. */
const marked = (marker: object) => (Object.keys(marker).length === 0 ? {} : { config: { [MARKER]: marker } });

function jsonc(fields: object, comment = ''): string {
  const text = `${JSON.stringify(fields, null, 2)}\n`;
  const isMarked = text.includes(`"${MARKER}": {`);
  return `${comment}${isMarked ? `// “config.${MARKER}” is for importing into Troupe again; CrewAI passes over it.\n` : ''}${text}`;
}
