import type { PlanTool } from '#workflows/graph/planSchema.ts';
import type { Services } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { asPlanTool } from '../database/toolServers/ServerTool.ts';
import { listServerTools } from '../database/toolServers/serverRows.ts';

/** The tools that a workspace has beside the catalogue’s: what people agreed to, for plans. */
export const readServerTools = (
  { database }: Pick<Services, 'database'>,
  workspaceId: string,
): Promise<PlanTool[]> =>
  inWorkspace(database, workspaceId, async (transaction) =>
    (await listServerTools(transaction)).map(asPlanTool),
  );
