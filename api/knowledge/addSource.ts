import { randomUUIDv7 } from 'node:crypto';
import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import type { KnowledgeBase } from '../database/models/KnowledgeBase.ts';
import { KnowledgeSource } from '../database/models/KnowledgeSource.ts';
import type { StoredFile } from '../database/models/StoredFile.ts';
import { AppError, invalid } from '../errors.ts';
import { findFile } from '../files/findFile.ts';
import { keepText } from '../files/keepText.ts';
import { refuseWhileStopped, requireNotStopped } from '../workspaces/stops/readStop.ts';
import type { AddSource } from './schema.ts';
import { tryStartReading } from './startReading.ts';

const MOST_SOURCES = 500;

/** Puts a file, or a text that becomes one, into a base and has it read. */
export async function addSource(
  context: MemberContext,
  base: KnowledgeBase,
  input: z.infer<typeof AddSource>,
): Promise<KnowledgeSource> {
  const { workspaceId, id: baseId } = base;
  const where = { workspaceId, baseId };
  await requireNotStopped(context.database, workspaceId);
  const count = await inWorkspace(context.database, workspaceId, (transaction) =>
    KnowledgeSource.count({ where, transaction }),
  );
  if (count >= MOST_SOURCES)
    throw new AppError('knowledge.full', `A knowledge base has ${MOST_SOURCES} sources at most.`);
  const file = await fileOf(context, input);
  const source = await inWorkspace(context.database, workspaceId, (transaction) =>
    KnowledgeSource.create({ id: randomUUIDv7(), ...where, fileId: file.id }, { transaction }),
  );
  await tryStartReading(context, { workspaceId, sourceId: source.id, attempt: source.attempt ?? 1 });
  return source;
}

function fileOf(
  context: MemberContext,
  { fileId, name, text }: z.infer<typeof AddSource>,
): Promise<StoredFile> {
  if (fileId !== undefined) {
    if (text !== undefined || name !== undefined) throw invalid('text', 'Give a file or a text, not both.');
    return findFile(context, fileId);
  }
  if (text === undefined || name === undefined) throw invalid('text', 'Give a file, or a text and its name.');
  return keepText(context, { name: name.includes('.') ? name : `${name}.md`, text, purpose: 'knowledge' });
}

/** Has a source read anew: after a failure, or when another embedding model has come. */
export async function rereadSource(context: MemberContext, source: KnowledgeSource): Promise<void> {
  const { workspaceId, id } = source;
  const attempt = await inWorkspace(context.database, workspaceId, async (transaction) => {
    const row = await KnowledgeSource.findOne({
      where: { workspaceId, id },
      transaction,
      lock: true,
      rejectOnEmpty: true,
    });
    await refuseWhileStopped(context.database, transaction, workspaceId);
    await row.update({ state: 'queued', failure: null, attempt: row.attempt + 1 }, { transaction });
    return row.attempt;
  });
  await tryStartReading(context, { workspaceId, sourceId: id, attempt });
}
