import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { loadTexts } from '../database/ledger/contents.ts';
import { SimulationFile } from '../database/models/SimulationFile.ts';
import { Step } from '../database/models/Step.ts';
import { notFound } from '../errors.ts';
import type { FileView, GetFile } from './schema.ts';

/** The text of an output file: the answer of the step that made it. */
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
    const step = await Step.findOne({
      attributes: ['response'],
      where: { workspaceId, simulationId: id, path: file.path },
      transaction,
    });
    if (!step?.response) throw notFound('file');
    const { text } = step.response;
    const textOf = await loadTexts(transaction, [text]);
    return { name: file.name, size: file.size, text: textOf(text) };
  });
}
