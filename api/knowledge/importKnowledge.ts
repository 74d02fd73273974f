import type { CrewGraph } from '#workflows/graph/schema.ts';
import type { MemberContext } from '../context.ts';
import type { ImportedCrew } from '../interchange/importCrew.ts';
import { addSource } from './addSource.ts';
import { createKnowledge } from './changeKnowledge.ts';

/** CrewAI looks for its sources there. */
const IN_FOLDER = /(?:^|\/)knowledge\/([^/]+\.(?:txt|md|markdown|csv|json))$/i;
const IS_SOURCES = /(^|\.)knowledge_sources$/;

const UPLOAD =
  'Files are not in an import. Put them into a knowledge base, and choose it for the agent or the crew.';

/**
 * What a project of CrewAI has to read: texts of its folder `knowledge` that came along become a knowledge base of the
 * crew; of everything else it is said what to upload.
 */
export async function importKnowledge(
  context: MemberContext,
  { graph, name, warnings }: Pick<ImportedCrew, 'graph' | 'name' | 'warnings'>,
  files: Readonly<Record<string, string>>,
): Promise<Pick<ImportedCrew, 'graph' | 'warnings'>> {
  const hasSources = warnings.some(({ key }) => IS_SOURCES.test(key));
  if (!hasSources) return { graph, warnings };
  const texts = Object.entries(files).flatMap(([path, text]) => {
    const file = IN_FOLDER.exec(path)?.[1];
    return file === undefined || text.trim() === '' ? [] : [{ name: file, text }];
  });
  const told = (message: string) =>
    warnings.map((warning) => (IS_SOURCES.test(warning.key) ? { ...warning, message } : warning));
  if (texts.length === 0) return { graph, warnings: told(UPLOAD) };
  const base = await createKnowledge(context, { name: name.slice(0, 200), description: 'From CrewAI' });
  for (const text of texts) await addSource(context, base, { id: base.id, ...text });
  return {
    graph: withKnowledge(graph, base.id),
    warnings: told(
      `The texts of the folder "knowledge" became the knowledge base “${base.name}”, which the whole crew reads. Upload PDF and Word files there.`,
    ),
  };
}

const withKnowledge = (graph: CrewGraph, id: string): CrewGraph => ({
  ...graph,
  settings: { ...graph.settings, knowledge: [...(graph.settings?.knowledge ?? []), id] },
});
