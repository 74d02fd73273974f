import type { CrewGraph } from '#workflows/graph/schema.ts';
import type { ImportWarning } from '../../crews/schema.ts';
import { AppError } from '../../errors.ts';
import type { Files } from '../files.ts';
import { titleFrom } from '../title.ts';
import { graphFromYaml } from './drawDeclared.ts';
import { readYaml, type YamlMap } from './yamlFile.ts';

interface Place {
  readonly path: string;
  readonly folder: readonly string[];
  readonly role: 'agents' | 'tasks' | 'python' | 'other';
}

/** Reads the crew of a CrewAI project: the pair of agents.yaml and tasks.yaml that lies least deep. */
export function crewFromFiles(files: Files): { name: string; graph: CrewGraph; warnings: ImportWarning[] } {
  const places = [...files.keys()].map(placeOf);
  const folder = crewFolder(places);
  const pathIn = (role: Place['role']) =>
    places.find((place) => place.role === role && same(place.folder, folder))?.path;
  const [agentsFile, tasksFile] = [pathIn('agents'), pathIn('tasks')];
  const warnings = warningsOfPlaces(places, [agentsFile, tasksFile]);
  const read = (path: string | undefined): YamlMap =>
    path ? readYaml(path, files.get(path) ?? '') : new Map();
  const graph = graphFromYaml(
    {
      agentsFile: agentsFile ?? 'agents.yaml',
      agents: read(agentsFile),
      tasksFile: tasksFile ?? 'tasks.yaml',
      tasks: read(tasksFile),
    },
    warnings,
  );
  return { name: nameFrom(folder), graph, warnings };
}

const ROLES: readonly (readonly [RegExp, Place['role']])[] = [
  [/^agents\.ya?ml$/i, 'agents'],
  [/^tasks\.ya?ml$/i, 'tasks'],
  [/^crew\.py$/i, 'python'],
];

function placeOf(path: string): Place {
  const parts = path.split(/[/\\]+/).filter((part) => part !== '' && part !== '.');
  const name = parts.at(-1) ?? '';
  return { path, folder: parts.slice(0, -1), role: ROLES.find(([form]) => form.test(name))?.[1] ?? 'other' };
}

const same = (a: readonly string[], b: readonly string[]) => a.join('/') === b.join('/');

/** Both files before one of them, then the shallower folder, then the alphabet. */
function crewFolder(places: readonly Place[]): readonly string[] {
  const crewFiles = places.filter(({ role }) => role === 'agents' || role === 'tasks');
  const count = (folder: readonly string[]) =>
    new Set(crewFiles.filter((place) => same(place.folder, folder)).map(({ role }) => role)).size;
  const [first] = crewFiles.toSorted(
    (a, b) =>
      count(b.folder) - count(a.folder) || a.folder.length - b.folder.length || (a.path < b.path ? -1 : 1),
  );
  if (first) return first.folder;
  throw new AppError('crew.unreadable', 'There is neither an agents.yaml nor a tasks.yaml among the files.');
}

function warningsOfPlaces(places: readonly Place[], used: readonly (string | undefined)[]): ImportWarning[] {
  const [agentsFile, tasksFile] = used;
  const missing = [
    ...(agentsFile
      ? []
      : [
          {
            file: 'agents.yaml',
            key: 'agents',
            message: 'There is no agents.yaml, so the crew has no agents.',
          },
        ]),
    ...(tasksFile
      ? []
      : [{ file: 'tasks.yaml', key: 'tasks', message: 'There is no tasks.yaml, so the crew has no tasks.' }]),
  ];
  const others = places.flatMap(({ path, role }) => {
    if (role === 'other' || used.includes(path)) return [];
    const message =
      role === 'python'
        ? 'Python is never run: who does which task, tools and process have to be in the YAML files or drawn here.'
        : 'Another crew lies here; import it on its own.';
    return [{ file: path.slice(0, 300), key: role, message }];
  });
  return [...missing, ...others];
}

const UNTELLING = new Set(['config', 'src', 'crew', 'crews', '..']);

function nameFrom(folder: readonly string[]): string {
  const telling = folder.findLast((part) => !UNTELLING.has(part.toLowerCase()));
  return (telling && titleFrom(telling)) || 'Imported crew';
}
