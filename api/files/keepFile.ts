import { randomUUIDv7 } from 'node:crypto';
import { Op, QueryTypes, type Transaction } from 'sequelize';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { StoredFile } from '../database/models/StoredFile.ts';
import { AppError } from '../errors.ts';
import { mediaTypeOf } from './mediaType.ts';
import type { Upload } from './receiveUpload.ts';

/** An upload that takes longer than this was left behind by a process that died. */
const ARRIVES_WITHIN_MS = 3_600_000;

/**
 * Takes a file: its place in the quota first, then its bytes, then what they are. Whatever goes wrong, neither row nor
 * bytes are left.
 */
export async function keepFile(
  context: MemberContext,
  mostBytes: number,
  receive: () => Promise<Upload>,
): Promise<StoredFile> {
  const key = { workspaceId: context.caller.workspace.id, id: randomUUIDv7() };
  await reserve(context, key.id, mostBytes);
  try {
    const { file, name, purpose } = await receive();
    try {
      const mediaType = await mediaTypeOf(file.path, name);
      if (mediaType === null) throw unsupported(name);
      await context.files.store.put(key, file.path);
      const { size, sha256 } = file;
      return await settle(context, key.id, { name, purpose, mediaType, size, sha256, storedAt: new Date() });
    } finally {
      await file.discard();
    }
  } catch (error) {
    await giveUp(context, key.id);
    throw error;
  }
}

const unsupported = (name: string): AppError =>
  new AppError(
    'file.unsupportedType',
    `“${name}” is not a kind of file that is known here: texts, Markdown, CSV, JSON, PDF, DOCX, PNG, JPEG, GIF or WebP.`,
  );

/** Counts a file that is about to come, so that any number at once stay within the quota. */
async function reserve(context: MemberContext, id: string, size: number): Promise<void> {
  const { database, caller, files } = context;
  const workspaceId = caller.workspace.id;
  const left = await inWorkspace(database, workspaceId, async (transaction) => {
    await oneAtATime(context, transaction);
    const abandoned = await removeAbandoned(workspaceId, transaction);
    const used = (await StoredFile.sum('size', { where: { workspaceId }, transaction })) ?? 0;
    if (Number(used) + size > files.quotaBytes) throw quotaUsed(files.quotaBytes);
    await StoredFile.create(
      { id, workspaceId, name: 'arriving', size, purpose: 'other', createdBy: caller.user.id },
      { transaction },
    );
    return abandoned;
  });
  await Promise.all(left.map((gone) => files.store.delete({ workspaceId, id: gone })));
}

const quotaUsed = (bytes: number): AppError =>
  new AppError(
    'file.quotaUsed',
    `The files of this workspace may have ${Math.floor(bytes / 1_000_000)} MB together. Delete some first.`,
  );

/** Two uploads that count at the same time would not see each other. */
const oneAtATime = ({ database, caller }: MemberContext, transaction: Transaction) =>
  database.query('select pg_advisory_xact_lock(7214002, hashtext($1))', {
    bind: [caller.workspace.id],
    transaction,
    type: QueryTypes.SELECT,
  });

async function removeAbandoned(workspaceId: string, transaction: Transaction): Promise<readonly string[]> {
  const since = new Date(Date.now() - ARRIVES_WITHIN_MS);
  const where = { workspaceId, storedAt: null, createdAt: { [Op.lt]: since } };
  const rows = await StoredFile.findAll({ attributes: ['id'], where, transaction });
  if (rows.length > 0) await StoredFile.destroy({ where, transaction });
  return rows.map(({ id }) => id);
}

type Settled = Pick<StoredFile, 'name' | 'purpose' | 'mediaType' | 'size' | 'sha256' | 'storedAt'>;

function settle(context: MemberContext, id: string, settled: Settled): Promise<StoredFile> {
  const workspaceId = context.caller.workspace.id;
  return inWorkspace(context.database, workspaceId, async (transaction) => {
    const row = await StoredFile.findOne({ where: { workspaceId, id }, transaction, rejectOnEmpty: true });
    return row.update(settled, { transaction });
  });
}

async function giveUp({ database, caller, files, log }: MemberContext, id: string): Promise<void> {
  const workspaceId = caller.workspace.id;
  try {
    await files.store.delete({ workspaceId, id });
    await inWorkspace(database, workspaceId, (transaction) =>
      StoredFile.destroy({ where: { workspaceId, id }, transaction }),
    );
  } catch (error) {
    // Its row is old in an hour, and the next upload then takes both away.
    log.warn({ err: error, fileId: id }, 'A refused file could not be taken back');
  }
}
