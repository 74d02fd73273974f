import type { z } from 'zod';
import type { Crew } from '../database/models/Crew.ts';
import { exportCrew as writeFiles } from '../interchange/exportCrew.ts';
import { presentCrew } from './present.ts';
import type { ExportCrew, ExportView } from './schema.ts';

/** A crew as the files of a format, for another program or for another Troupe. */
export function exportCrew(crew: Crew, { format }: z.infer<typeof ExportCrew>): z.infer<typeof ExportView> {
  const { files, warnings } = writeFiles(presentCrew(crew), format);
  return { files: { ...files }, warnings: [...warnings] };
}
