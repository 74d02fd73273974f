import type { CrewFiles } from './CrewFiles.ts';
import { declarativeProject } from './declarativeProject.ts';
import { agentFields, taskFields } from './definitionFields.ts';
import type { WrittenCrew } from './WrittenCrew.ts';
import { yamlLines } from './yamlText.ts';

/** A CrewAI flow of one step: the crew, with the flow’s state as its inputs. */
export const flowProject = (crew: WrittenCrew): CrewFiles =>
  declarativeProject(crew, {
    type: 'flow',
    definition: 'flow.yaml',
    files: { 'flow.yaml': flowFile(crew), ...crew.skillFiles },
  });

function flowFile(crew: WrittenCrew): string {
  const { name, description, agents, tasks, inputs, literals, isParallel, process, settings, manager } = crew;
  const texts = inputs.length === 0 ? [] : literals.map((each) => [each, `{${each}}`]);
  const given = [...inputs.map((each) => [each, `\${state["${each}"]}`]), ...texts];
  const action = {
    call: 'crew',
    with: {
      name,
      agents: Object.fromEntries(agents.map((agent) => [agent.key, agentFields(agent)])),
      tasks: tasks.map(taskFields),
      process,
      ...(manager === undefined ? {} : { manager_agent: manager }),
      ...Object.fromEntries(settings),
    },
    ...(given.length === 0 ? {} : { inputs: Object.fromEntries(given) }),
  };
  const flow = {
    schema: 'crewai.flow/v1',
    name,
    ...(description === '' ? {} : { description }),
    ...(inputs.length === 0 ? {} : { state: { type: 'json_schema', json_schema: schemaOf(inputs) } }),
    methods: { run: { start: true, do: action } },
  };
  return `${isParallel ? PARALLEL : ''}${yamlLines(flow).join('\n')}\n`;
}

const PARALLEL =
  '# In Troupe each task starts when what it reads is ready. CrewAI has no such process: it goes through the list,\n' +
  '# and tasks with async_execution run beside those that follow.\n';

/** `crewai run` asks for what is required. */
const schemaOf = (inputs: readonly string[]) => ({
  type: 'object',
  properties: Object.fromEntries(inputs.map((name) => [name, { type: 'string' }])),
  required: inputs,
});
