import type { Process } from '#workflows/graph/schema.ts';
import type { CrewSettings } from '#workflows/graph/settings.ts';
import { CREW_ATTRIBUTES, namesOf, readAttributes } from './attributes.ts';
import { Code, codeSentence, type Entry, short, text, warn, warnOfOthers } from './entries.ts';
import { modelFrom } from './names.ts';
import { skillsFrom } from './readSkills.ts';
import type { Ids } from './readTask.ts';

const FIELDS: ReadonlySet<string> = new Set([
  'name',
  'process',
  'manager_llm',
  'manager_agent',
  'planning_llm',
  'skills',
  ...namesOf(CREW_ATTRIBUTES),
]);

const PROCESSES: readonly Process[] = ['sequential', 'hierarchical'];

/** What holds for the crew as a whole; a field without a place is a warning. */
export function crewSettings(crew: Entry, agents: Ids): { process: Process; settings?: CrewSettings } {
  const managerModel = modelFrom(crew, 'manager_llm').model;
  const planningModel = modelFrom(crew, 'planning_llm').model;
  const managerAgent = managerOf(crew, agents);
  warnOfOthers(crew, FIELDS);
  const settings: CrewSettings = {
    ...(managerAgent === undefined ? {} : { managerAgent }),
    ...(managerModel === '' ? {} : { managerModel }),
    ...(planningModel === '' ? {} : { planningModel }),
    ...readAttributes(crew, CREW_ATTRIBUTES),
    ...skillsFrom(crew),
  };
  return { process: processOf(crew), ...(Object.keys(settings).length === 0 ? {} : { settings }) };
}

function processOf(crew: Entry): Process {
  const written = crew.fields.get('process') ?? null;
  if (written === null) return 'sequential';
  const word = written instanceof Code ? undefined : text(crew, 'process');
  const process = PROCESSES.find((each) => each === word);
  if (process) return process;
  const why = written instanceof Code ? codeSentence(written) : `There is no process “${short(word ?? '')}”`;
  warn(crew, 'process', `${why}; tasks are done one after another.`);
  return 'sequential';
}

function managerOf(crew: Entry, agents: Ids): string | undefined {
  const written = crew.fields.get('manager_agent') ?? null;
  if (written === null) return undefined;
  const id = agents.get(text(crew, 'manager_agent').trim());
  if (id === undefined) warn(crew, 'manager_agent', 'There is no such agent, so a manager is made.');
  return id;
}
