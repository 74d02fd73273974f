import { audit } from '../../audit/audit.ts';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { Simulation } from '../../database/models/Simulation.ts';
import { AppError, invalid } from '../../errors.ts';
import { cancelSimulation } from '../../simulations/cancelSimulation.ts';

/**
 * Ends the workspace of the context for everybody, at once: from here on nobody enters it, nothing of it runs, and the
 * caretaker removes what is in it (`purgeWorkspace`). Links in mails and invitations go with it.
 */
export async function deleteWorkspace(
  context: MemberContext,
  { name }: { readonly name: string },
): Promise<void> {
  const { database, caller } = context;
  const { id, isPersonal, name: given } = caller.workspace;
  if (isPersonal) {
    throw new AppError('workspace.personal', 'Your own workspace goes with your account, and not before.');
  }
  if (name.trim() !== given) throw invalid('name', 'Type the name of the workspace as it is.');
  for (const simulationId of await findOpen(context)) await cancelIfOpen(context, simulationId);
  await inWorkspace(database, id, async (transaction) => {
    const bind = [id];
    await database.query('update workspaces set deleted_at = coalesce(deleted_at, now()) where id = $1', {
      bind,
      transaction,
    });
    await database.query('delete from one_time_tokens where workspace_id = $1', { bind, transaction });
    await audit(context, 'workspaces.delete', { transaction });
  });
}

async function findOpen({ database, caller }: MemberContext): Promise<string[]> {
  const workspaceId = caller.workspace.id;
  const rows = await inWorkspace(database, workspaceId, (transaction) =>
    Simulation.findAll({
      attributes: ['id'],
      where: { workspaceId, status: ['queued', 'running', 'waiting'] },
      transaction,
    }),
  );
  return rows.map(({ id }) => id);
}

async function cancelIfOpen(context: MemberContext, id: string): Promise<void> {
  try {
    await cancelSimulation(context, id);
  } catch (error) {
    // It has ended by itself meanwhile.
    if (!(error instanceof AppError && error.code === 'simulation.closed')) throw error;
  }
}
