import { samples } from '#workflows/graph/examples.ts';
import { connectDatabase, inWorkspace } from './connect.ts';
import { Crew } from './models/Crew.ts';
import { Workspace } from './models/Workspace.ts';

/** Owns what ships with the product. Nobody is a member; policies let everybody read its samples. */
const SYSTEM_WORKSPACE = '019c0000-0000-7000-8000-000000000000';

/** Fixed ids, in the order of the samples, so that a second start finds the first one’s rows. */
const sampleId = (index: number): string => `019c0000-0000-7000-8000-${String(index + 1).padStart(12, '0')}`;

/** Writes the sample crews as this version of the product has them. Safe to call at every start. */
export async function seed({ databaseUrl }: { databaseUrl: string }): Promise<void> {
  const database = connectDatabase({ url: databaseUrl, poolSize: 1 });
  try {
    await inWorkspace(database, SYSTEM_WORKSPACE, async (transaction) => {
      await Workspace.upsert({ id: SYSTEM_WORKSPACE, name: 'Troupe', isPersonal: false }, { transaction });
      for (const [index, { key, name, description, graph }] of samples.entries()) {
        await Crew.upsert(
          {
            id: sampleId(index),
            workspaceId: SYSTEM_WORKSPACE,
            sample: key,
            name,
            description,
            graph,
          },
          { conflictFields: ['id'], transaction },
        );
      }
    });
  } finally {
    await database.close();
  }
}
