import { type Place, parentOf, type Role } from './places.ts';

/** A crew among the files, and the one that says what it is. */
export type Project = YamlProject | FileProject;

export interface YamlProject {
  readonly format: 'yaml';
  readonly folder: string;
  readonly agents?: Place;
  readonly tasks?: Place;
  readonly python?: Place;
}

interface FileProject {
  readonly format: 'json' | 'flow' | 'troupe';
  readonly folder: string;
  readonly file: Place;
}

interface Candidate {
  readonly project: Project;
  /** More is more of a crew. */
  readonly weight: number;
  readonly depth: number;
}

/** Formats that say everything come before those that may not. */
const WEIGHTS = { json: 4, troupe: 4, pair: 4, flow: 3, half: 2, python: 1 };

/**
 * The crew that files hold: a whole one before a part of one, then the one that lies least deep, then the alphabet.
 * Undefined when there is none.
 */
export function findProject(places: readonly Place[]): Project | undefined {
  const [first] = [...yamlProjects(places), ...singleFiles(places)].toSorted(
    (a, b) => b.weight - a.weight || a.depth - b.depth || (pathOf(a.project) < pathOf(b.project) ? -1 : 1),
  );
  return first?.project;
}

/** The files that a project was found by. */
export const filesOf = (project: Project): readonly Place[] =>
  project.format === 'yaml'
    ? [project.agents, project.tasks, project.python].filter((place) => place !== undefined)
    : [project.file];

const pathOf = (project: Project) => filesOf(project)[0]?.path ?? '';

function singleFiles(places: readonly Place[]): Candidate[] {
  return places.flatMap((file): Candidate[] => {
    const { role: format, folder, depth } = file;
    if (format !== 'json' && format !== 'flow' && format !== 'troupe') return [];
    return [{ project: { format, folder, file }, weight: WEIGHTS[format], depth }];
  });
}

/** Folders with agents.yaml or tasks.yaml, and crews that Python makes without them. */
function yamlProjects(places: readonly Place[]): Candidate[] {
  const folders = new Set(places.filter(isYaml).map(({ folder }) => folder));
  const pairs = [...folders].map((folder): Candidate => {
    const inFolder = (role: Role) => places.find((place) => place.role === role && place.folder === folder);
    const [agents, tasks] = [inFolder('agents'), inFolder('tasks')];
    const project: Project = { format: 'yaml', folder, agents, tasks, python: pythonOf(places, folder) };
    const depth = (agents ?? tasks)?.depth ?? 0;
    return { project, weight: agents && tasks ? WEIGHTS.pair : WEIGHTS.half, depth };
  });
  const taken = new Set(pairs.flatMap(({ project }) => filesOf(project)));
  const alone = places.filter((place) => place.role === 'python' && !taken.has(place));
  return [
    ...pairs,
    ...alone.map((python): Candidate => {
      const project: Project = { format: 'yaml', folder: python.folder, python };
      return { project, weight: WEIGHTS.python, depth: python.depth };
    }),
  ];
}

const isYaml = ({ role }: Place) => role === 'agents' || role === 'tasks';

/** The Python beside the YAML files, or beside their `config` folder; one called crew.py first. */
function pythonOf(places: readonly Place[], folder: string): Place | undefined {
  const nearby = /(^|\/)config$/i.test(folder) ? [parentOf(folder), folder] : [folder];
  const found = places.filter((place) => place.role === 'python' && nearby.includes(place.folder));
  return (
    found.find(({ path }) => /(^|[/\\])crew\.py$/i.test(path)) ??
    found.toSorted((a, b) => (a.path < b.path ? -1 : 1))[0]
  );
}
