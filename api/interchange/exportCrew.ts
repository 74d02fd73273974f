import type { CrewGraph } from '#workflows/graph/schema.ts';
import type { CrewFiles } from './export/CrewFiles.ts';
import { classicProject } from './export/classicProject.ts';
import { flowProject } from './export/flowProject.ts';
import { jsonProject } from './export/jsonProject.ts';
import { snakeCase } from './export/keys.ts';
import { writeCrew } from './export/writeCrew.ts';
import type { ExportFormat } from './exportFormats.ts';
import type { TroupeFile } from './troupeFile.ts';

interface ExportedCrew {
  readonly name: string;
  readonly description: string;
  readonly graph: CrewGraph;
}

/**
 * Writes a crew as files of a format. Pure: equal crews make equal texts. CrewAI’s formats refuse a crew whose tasks
 * wait for each other with `crew.problems`; whatever else they cannot say is a warning.
 */
export function exportCrew(crew: ExportedCrew, format: ExportFormat): CrewFiles {
  if (format === 'troupe') return { files: troupeFiles(crew), warnings: [] };
  const written = writeCrew(crew);
  if (format === 'crewai-json') return jsonProject(written);
  if (format === 'crewai-flow') return flowProject(written);
  return { files: classicProject(written), warnings: written.warnings };
}

function troupeFiles({ name, description, graph }: ExportedCrew): Record<string, string> {
  const file: TroupeFile = { format: 'troupe.crew.v1', name, description, graph };
  const stem = snakeCase(name).replaceAll('_', '-') || 'crew';
  return { [`${stem}.troupe.json`]: `${JSON.stringify(file, null, 2)}\n` };
}
