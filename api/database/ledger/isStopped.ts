import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';

/** SQL: somebody has stopped the workspace. A look-up in a table of a few rows, inside of the statement that asks. */
export const stopped = (workspaceId: string): string =>
  `exists (select 1 from workspace_stops where workspace_stops.workspace_id = ${workspaceId})`;

export async function isStopped(transaction: AnyTransaction, workspaceId: string): Promise<boolean> {
  const [row] = await runPrepared<{ is_stopped: boolean }>(transaction, IS_STOPPED, [workspaceId]);
  return row?.is_stopped ?? false;
}

const IS_STOPPED: PreparedStatement = {
  name: 'workspaces.isStopped',
  text: `select ${stopped('$1::uuid')} as is_stopped`,
};
