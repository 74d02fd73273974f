import { MARKER } from '../crewai/marker.ts';
import type { CrewFiles } from './CrewFiles.ts';
import { declarativeProject } from './declarativeProject.ts';
import { agentFields, taskFields } from './definitionFields.ts';
import type { WrittenCrew } from './WrittenCrew.ts';

/** A CrewAI project in JSON: crew.jsonc and a file for each agent. */
export const jsonProject = (crew: WrittenCrew): CrewFiles =>
  declarativeProject(crew, {
    type: 'crew',
    definition: 'crew.jsonc',
    files: {
      'crew.jsonc': crewFile(crew),
      ...Object.fromEntries(
        crew.agents.map((agent) => [`agents/${agent.key}.jsonc`, jsonc(agentFields(agent))]),
      ),
      ...crew.skillFiles,
    },
  });

function crewFile(crew: WrittenCrew): string {
  const { name, agents, tasks, inputs, literals, isParallel, process, settings, manager } = crew;
  const texts = Object.fromEntries(literals.map((each) => [each, `{${each}}`]));
  const fields = {
    name,
    agents: agents.flatMap(({ key }) => (key === manager ? [] : [key])),
    tasks: tasks.map(taskFields),
    process,
    ...(manager === undefined ? {} : { manager_agent: manager }),
    ...Object.fromEntries(settings),
    ...(literals.length > 0 && inputs.length > 0 ? { inputs: texts } : {}),
  };
  return jsonc(fields, isParallel ? PARALLEL : '');
}

const PARALLEL =
  '// In Troupe each task starts when what it reads is ready. CrewAI has no such process: it goes through the list,\n' +
  '// and tasks with async_execution run beside those that follow.\n';

function jsonc(fields: object, comment = ''): string {
  const text = `${JSON.stringify(fields, null, 2)}\n`;
  const isMarked = text.includes(`"${MARKER}": {`);
  return `${comment}${isMarked ? `// “config.${MARKER}” is for importing into Troupe again; CrewAI passes over it.\n` : ''}${text}`;
}
