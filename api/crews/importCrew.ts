import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { importCrewAi, importTroupe } from '../interchange/importCrew.ts';
import { importKnowledge } from '../knowledge/importKnowledge.ts';
import { createCrew } from './createCrew.ts';
import type { ImportCrew, ImportView } from './schema.ts';
import { viewCrew } from './viewCrew.ts';

/** Makes a crew of the files of another program, or of our own export. Nothing in them is run or fetched. */
export async function importCrew(
  context: MemberContext,
  { format, files, name: wanted }: z.infer<typeof ImportCrew>,
): Promise<z.infer<typeof ImportView>> {
  const read = format === 'crewai' ? importCrewAi : importTroupe;
  const imported = read({ files, name: wanted });
  const { name, description } = imported;
  const { graph, warnings } = await importKnowledge(context, imported, files);
  const crew = await viewCrew(context, await createCrew(context, { name, description, graph }));
  return { crew, warnings, problems: crew.problems };
}
