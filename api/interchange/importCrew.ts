import type { z } from 'zod';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import type { ImportCrew, ImportWarning } from '../crews/schema.ts';
import { crewFromFiles } from './crewai/crewFromFiles.ts';
import { crewFromJson } from './troupeFile.ts';

type Import = z.infer<typeof ImportCrew>;
type NamedFiles = Pick<Import, 'files' | 'name'>;

export interface ImportedCrew {
  readonly name: string;
  readonly description: string;
  readonly graph: CrewGraph;
  /** What was read and has no place here, each by its key. What is wrong with the graph, validation tells. */
  readonly warnings: ImportWarning[];
}

/**
 * Reads a crew from the texts of files. Pure: opens nothing, calls nobody, runs nothing. The same files make the same
 * graph. Throws `crew.unreadable` with the file, and the line where there is one.
 */
export const importCrew = ({ format, ...rest }: Import): ImportedCrew =>
  format === 'crewai' ? importCrewAi(rest) : importTroupe(rest);

/** From a project in any of CrewAI's formats: classic with YAML and crew.py, crew.jsonc, or flow.yaml. */
export function importCrewAi({ name, files }: NamedFiles): ImportedCrew {
  const crew = crewFromFiles(new Map(Object.entries(files)));
  return { ...crew, name: name ?? crew.name };
}

/** From our own JSON. */
export function importTroupe({ name, files }: NamedFiles): ImportedCrew {
  const crew = crewFromJson(new Map(Object.entries(files)));
  return { ...crew, name: name ?? crew.name, warnings: [] };
}
