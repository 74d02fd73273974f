import { auditAs } from '../../audit/audit.ts';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { AppError } from '../../errors.ts';
import { holdSimulations, releaseSimulations } from './holdSimulations.ts';
import { presentStop, readStop } from './readStop.ts';
import type { StopView } from './schema.ts';

export interface Switching {
  readonly workspaceId: string;
  /** By whoever looks after the installation: the owner cannot undo it. */
  readonly byAdmin: boolean;
}

/**
 * Stops a workspace. From the moment that the row is there nothing starts, and no step is claimed; what is in flight is
 * broken off at its worker's next beat, and what runs is paused. An administrator's stop stands before an owner's.
 */
export async function stopWorkspace(
  context: MemberContext,
  { workspaceId, byAdmin, reason }: Switching & { readonly reason: string },
): Promise<StopView> {
  const { database, caller } = context;
  const stop = await inWorkspace(database, workspaceId, async (transaction) => {
    await database.query(
      `insert into workspace_stops (workspace_id, by_admin, by_user, reason) values ($1, $2, $3, $4)
       on conflict (workspace_id) do update
         set by_admin = excluded.by_admin, by_user = excluded.by_user, reason = excluded.reason
         where excluded.by_admin or not workspace_stops.by_admin`,
      { bind: [workspaceId, byAdmin, caller.user.id, reason], transaction },
    );
    const stopped = await readStop(database, transaction, workspaceId);
    await auditAs(context, { workspaceId, userId: caller.user.id }, 'workspaces.stop', {
      object: { kind: 'workspace', id: workspaceId },
      details: { byAdmin },
      transaction,
    });
    return stopped;
  });
  await holdSimulations(context, workspaceId);
  return presentStop(stop);
}

/** Lets a workspace go on, with everything that its stop had paused. */
export async function allowWorkspace(
  context: MemberContext,
  { workspaceId, byAdmin }: Switching,
): Promise<StopView> {
  const { database, caller } = context;
  await inWorkspace(database, workspaceId, async (transaction) => {
    const stop = await readStop(database, transaction, workspaceId);
    if (!stop) return;
    if (stop.byAdmin && !byAdmin)
      throw new AppError(
        'workspace.forbidden',
        'An administrator stopped this workspace: only they let it go on.',
      );
    await database.query('delete from workspace_stops where workspace_id = $1', {
      bind: [workspaceId],
      transaction,
    });
    await auditAs(context, { workspaceId, userId: caller.user.id }, 'workspaces.allow', {
      object: { kind: 'workspace', id: workspaceId },
      details: { byAdmin },
      transaction,
    });
  });
  await releaseSimulations(context, workspaceId);
  return { stop: null };
}
