import type { ImportWarning } from '../../crews/schema.ts';
import { withAnswerModels } from './answerModels.ts';
import type { DeclaredCrew } from './DeclaredCrew.ts';
import { type Entry, entriesOf } from './entries.ts';
import type { YamlProject } from './findProject.ts';
import { PydanticModels } from './PydanticModels.ts';
import { fileAt, type Place } from './places.ts';
import type { ProjectFiles, ReadProject } from './ReadProject.ts';
import { readCrewPy } from './readCrewPy.ts';
import { withPython } from './withPython.ts';
import { readYaml } from './yamlFile.ts';

type Kind = 'agents' | 'tasks';

/** Reads a classic project: agents.yaml and tasks.yaml, and what a crew.py makes of them. */
export function readClassic({ files, places, warnings }: ProjectFiles, found: YamlProject): ReadProject {
  const text = (place: Place) => files.get(place.path) ?? '';
  const { python } = found;
  const models = new PydanticModels(files);
  const crewPy = python && readCrewPy({ file: python.path, text: text(python), models, warnings });
  const used: Place[] = [];
  const entries = (kind: Kind): ReadonlyMap<string, Entry> => {
    const path = crewPy?.configs[kind];
    const place = (python && path && fileAt(places, python.folder, path)) || found[kind];
    if (!place) {
      if (!crewPy) warnings.push(missing(kind));
      return new Map();
    }
    used.push(place);
    return entriesOf(place.path, kind, readYaml(place.path, text(place)), warnings);
  };
  const agents = withPython(entries('agents'), crewPy && { kind: 'agents', crewPy, warnings });
  const named = python ? withAnswerModels(entries('tasks'), models, python.path) : entries('tasks');
  const tasks = withPython(named, crewPy && { kind: 'tasks', crewPy, warnings });
  const file = python?.path ?? found.tasks?.path ?? found.agents?.path ?? '';
  const crew: Entry = { file, key: 'crew', fields: crewPy?.crew ?? new Map(), warnings };
  const declared: DeclaredCrew = {
    agents: agents.entries,
    agentNames: agents.names,
    tasks: tasks.entries,
    taskNames: tasks.names,
    crew,
  };
  const read = places.filter(({ path }) => models.usedFiles.has(path));
  return { declared, name: crewPy && wordsOf(crewPy.className), used: [...used, ...read] };
}

const missing = (kind: Kind): ImportWarning => ({
  file: `${kind}.yaml`,
  key: kind,
  message: `There is no ${kind}.yaml, so the crew has no ${kind}.`,
});

const wordsOf = (className: string) =>
  className
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .replace(/^./, (letter) => letter.toUpperCase())
    .slice(0, 200);
