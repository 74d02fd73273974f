import type { Transaction } from 'sequelize';
import type { LibraryAgent } from '#workflows/graph/libraryAgent.ts';
import { soloGraph } from '#workflows/graph/soloGraph.ts';
import { checkNewReferences } from '../crews/checkReferences.ts';

export interface CheckAgentReferences {
  readonly workspaceId: string;
  readonly userId: string;
  readonly data: LibraryAgent;
  /** As it is stored; null for what is new. */
  readonly before: LibraryAgent | null;
}

/** As of a crew: refuses what is named anew and is not there, by the same walker. */
export const checkAgentReferences = (
  { workspaceId, userId, data, before }: CheckAgentReferences,
  transaction: Transaction,
): Promise<void> =>
  checkNewReferences(
    {
      workspaceId,
      userId,
      graph: soloGraph(data),
      before: before && soloGraph(before),
      code: 'agent.problems',
    },
    transaction,
  );
