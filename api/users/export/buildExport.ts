import { randomUUIDv7 } from 'node:crypto';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Services } from '../../context.ts';
import { User } from '../../database/models/User.ts';
import { contextsOf } from './accountContext.ts';
import { archiveEntries } from './archiveEntries.ts';
import { beginExport, type ExportRow, finishExport } from './exportRows.ts';
import { writeArchive } from './writeArchive.ts';

/** Writes an archive, keeps it where files are kept, and tells its owner. Begun again after a crash it is written anew. */
export async function buildExport(services: Services, { id, workspaceId, userId }: ExportRow): Promise<void> {
  const { database, files } = services;
  await beginExport(database, id);
  await mkdir(files.spool, { recursive: true, mode: 0o700 });
  const path = join(files.spool, randomUUIDv7());
  try {
    await writeArchive(await archiveEntries(await contextsOf(services, userId)), path);
    const { size } = await stat(path);
    await files.store.put({ workspaceId, id }, path);
    await finishExport(database, id, size);
  } finally {
    await rm(path, { force: true });
  }
  await tellOwner(services, userId);
}

async function tellOwner({ database, mails, publicUrl }: Services, userId: string): Promise<void> {
  const user = await User.findOne({ where: { id: userId } });
  const to = user?.email;
  if (!to) return;
  await database.transaction((transaction) =>
    mails.send(transaction, {
      to,
      subject: 'Your data is ready',
      text: `The archive of everything that is yours in Troupe can be fetched for a day, when you are signed in:

${publicUrl}/settings/data

If it was not you who asked for it, change your password.`,
    }),
  );
}
