import { type AgentMarker, MARKER, type TaskMarker } from '../crewai/marker.ts';
import { taskName } from '../crewai/readTask.ts';
import { DEFAULT_ITERATIONS, hasParameters } from './classicYaml.ts';
import type { ExportWarning } from './ExportWarning.ts';
import { toolModules } from './toolFiles.ts';
import type { WrittenAgent, WrittenTask } from './WrittenCrew.ts';

/** What CrewAI takes when nothing names a model. Its definitions want a model beside parameters. */
const CREWAI_MODEL = 'openai/gpt-4.1-mini';

/** Not so in a classic project, where Python can ask the environment. */
export const warningOfModel = (agent: WrittenAgent): ExportWarning[] =>
  takesDefault(agent)
    ? [
        {
          nodeId: agent.nodeId,
          key: `agents.${agent.key}.llm`,
          message: `CrewAI wants a model beside temperature and length, so ${CREWAI_MODEL} was written.`,
        },
      ]
    : [];

const takesDefault = (agent: WrittenAgent) => agent.model === '' && hasParameters(agent);

/** An agent as crew.jsonc and flow.yaml have it. */
export function agentFields(agent: WrittenAgent): object {
  const { data, model, tools } = agent;
  const marker: AgentMarker = takesDefault(agent)
    ? { ...agent.marker, model: data.model, written: { model: CREWAI_MODEL } }
    : agent.marker;
  return {
    role: data.role,
    goal: data.goal,
    backstory: data.backstory,
    ...(hasParameters(agent)
      ? { llm: { model: model || CREWAI_MODEL, ...Object.fromEntries(agent.parameters) } }
      : model && { llm: model }),
    ...(data.maxIterations === DEFAULT_ITERATIONS ? {} : { max_iter: data.maxIterations }),
    ...Object.fromEntries(agent.fields),
    ...customTools(tools),
    ...marked(marker),
  };
}

export function taskFields(task: WrittenTask): object {
  const { key, data, agent, tools, async, context, fields, model, marker } = task;
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
    ...Object.fromEntries(fields),
    ...(model && { output_pydantic: { python: `${OUTPUTS}.${model.name}` } }),
    ...marked({ ...name, ...marker }),
  };
}

/** The module that holds the classes of answers. */
export const OUTPUTS = 'outputs';

const customTools = (tools: readonly string[]) =>
  tools.length === 0 ? {} : { tools: toolModules(tools).map(({ module }) => `custom:${module}`) };

/** CrewAI refuses fields it does not know, but passes over those within `config`. */
const marked = (marker: object) => (Object.keys(marker).length === 0 ? {} : { config: { [MARKER]: marker } });
