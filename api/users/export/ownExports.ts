import type { z } from 'zod';
import type { MemberContext } from '../../context.ts';
import { findPersonal } from '../deletion/workspacesOf.ts';
import { listExports, presentExport } from './exportRows.ts';
import type { ExportList } from './schema.ts';

/** The caller's archives, newest first. */
export async function ownExports({ database, caller }: MemberContext): Promise<z.infer<typeof ExportList>> {
  const userId = caller.user.id;
  const rows = await listExports(database, { workspaceId: await findPersonal(database, userId), userId });
  return { items: rows.map(presentExport), nextCursor: null };
}
