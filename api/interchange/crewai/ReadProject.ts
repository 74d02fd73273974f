import type { ImportWarning } from '../../crews/schema.ts';
import type { Files } from '../files.ts';
import type { DeclaredCrew } from './DeclaredCrew.ts';
import type { Place } from './places.ts';

/** What readers of a format are given. */
export interface ProjectFiles {
  readonly files: Files;
  readonly places: readonly Place[];
  readonly warnings: ImportWarning[];
}

/** What they make of it. */
export interface ReadProject {
  readonly declared: DeclaredCrew;
  /** For a crew whose files and folder do not name it. */
  readonly name?: string;
  readonly description?: string;
  readonly used: readonly Place[];
}
