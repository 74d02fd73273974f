import { randomUUIDv7 } from 'node:crypto';
import { auditAs } from '../../audit/audit.ts';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { AppError } from '../../errors.ts';
import { findPersonal } from '../deletion/workspacesOf.ts';
import { listExports, presentExport } from './exportRows.ts';
import type { ExportView } from './schema.ts';

/** Asks for an archive of everything that is the caller's. It is written in a while; a mail says when. One a day. */
export async function requestExport(context: MemberContext): Promise<ExportView> {
  const { database, caller } = context;
  const userId = caller.user.id;
  const workspaceId = await findPersonal(database, userId);
  return inWorkspace(database, workspaceId, async (transaction) => {
    // Two who ask at once wait for each other here.
    await database.query('select 1 from users where id = $1 for update', { bind: [userId], transaction });
    const known = await listExports(database, { workspaceId, userId }, transaction);
    if (known.some(({ failedAt }) => failedAt === null)) {
      throw new AppError(
        'export.tooSoon',
        'There is an archive already. You can ask for another one tomorrow.',
      );
    }
    await database.query('insert into account_exports (workspace_id, id, user_id) values ($1, $2, $3)', {
      bind: [workspaceId, randomUUIDv7(), userId],
      transaction,
    });
    const [row] = await listExports(database, { workspaceId, userId }, transaction);
    if (!row) throw new Error('The export is not there');
    await auditAs(context, { workspaceId, userId }, 'users.export', { transaction });
    return presentExport(row);
  });
}
