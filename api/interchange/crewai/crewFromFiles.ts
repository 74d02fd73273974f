import type { CrewGraph } from '#workflows/graph/schema.ts';
import type { ImportWarning } from '../../crews/schema.ts';
import { AppError } from '../../errors.ts';
import type { Files } from '../files.ts';
import { storable } from '../storable.ts';
import { titleFrom } from '../title.ts';
import { crewFromJson } from '../troupeFile.ts';
import { drawDeclared } from './drawDeclared.ts';
import { filesOf, findProject, type Project } from './findProject.ts';
import { type Place, placesOf } from './places.ts';
import type { ProjectFiles, ReadProject } from './ReadProject.ts';
import { readClassic } from './readClassic.ts';
import { readFlow } from './readFlow.ts';
import { readJsonCrew } from './readJsonCrew.ts';
import { withSkills } from './readSkills.ts';

export interface CrewOfFiles {
  readonly name: string;
  readonly description: string;
  readonly graph: CrewGraph;
  readonly warnings: ImportWarning[];
}

/** Reads the crew among the files, whichever format it has and however deep it lies. Pure: opens and runs nothing. */
export function crewFromFiles(files: Files): CrewOfFiles {
  const places = placesOf(files);
  const found = findProject(places);
  if (!found) throw new AppError('crew.unreadable', NO_CREW);
  const warnings: ImportWarning[] = [];
  const read = found.format === 'troupe' ? undefined : readProject({ files, places, warnings }, found);
  const others = warningsOfOthers(places, [...(read?.used ?? []), ...filesOf(found)]);
  if (!read) {
    const path = filesOf(found)[0]?.path ?? '';
    return { ...crewFromJson(new Map([[path, files.get(path) ?? '']])), warnings: others };
  }
  warnings.unshift(...others);
  return {
    name: nameOf(read, found),
    description: read.description ?? '',
    graph: drawDeclared(withSkills(read.declared, { files, places, folder: found.folder })),
    warnings,
  };
}

const NO_CREW =
  'There is no crew among the files: no agents.yaml and tasks.yaml, no crew.py, crew.jsonc or flow.yaml.';

function readProject(files: ProjectFiles, found: Project): ReadProject {
  if (found.format === 'yaml') return readClassic(files, found);
  return found.format === 'json' ? readJsonCrew(files, found.file) : readFlow(files, found.file);
}

function warningsOfOthers(places: readonly Place[], used: readonly Place[]): ImportWarning[] {
  const others = places.filter((place) => place.role !== 'other' && !used.includes(place));
  return others.map(({ path, role }) => ({
    file: path.slice(0, 300),
    key: role,
    message: 'Another crew lies here; import it on its own.',
  }));
}

const NAME_LENGTH = 200;

/** What `Crew(name=...)` says, then the folder, then the class. */
function nameOf({ declared, name }: ReadProject, { folder }: Project): string {
  const told = declared.crew.fields.get('name');
  const written = typeof told === 'string' ? storable(told).trim().slice(0, NAME_LENGTH).toWellFormed() : '';
  return written || nameFrom(folder) || name || 'Imported crew';
}

const UNTELLING = new Set(['config', 'src', 'crew', 'crews', '..']);

function nameFrom(folder: string): string {
  const telling = folder.split('/').findLast((part) => !UNTELLING.has(part.toLowerCase()));
  return telling ? titleFrom(telling) : '';
}
