import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { readFileText } from '../database/ledger/simulationFiles.ts';
import { SimulationFile } from '../database/models/SimulationFile.ts';
import { notFound } from '../errors.ts';
import type { FileView, GetFile } from './schema.ts';

/** The text of a file: the answer of a task, or what a tool wrote. */
export function readFile(
  { database, caller }: MemberContext,
  { id, name }: z.infer<typeof GetFile>,
): Promise<FileView> {
  const workspaceId = caller.workspace.id;
  return inWorkspace(database, workspaceId, async (transaction) => {
    const file = await SimulationFile.findOne({
      where: { workspaceId, simulationId: id, name },
      transaction,
    });
    if (!file) throw notFound('file');
    const text = await readFileText(transaction, {
      simulationId: id,
      ref: file.sha256.toString('base64url'),
    });
    return { name: file.name, size: file.size, text };
  });
}
