import type { ExportWarning } from './ExportWarning.ts';

export interface CrewFiles {
  /** Path -> text. */
  readonly files: Readonly<Record<string, string>>;
  readonly warnings: readonly ExportWarning[];
}
