import type { Sequelize } from 'sequelize';
import { inWorkspace } from '../database/connect.ts';
import { Simulation } from '../database/models/Simulation.ts';

/** Lets a simulation have been made and ended so many days ago. */
export const makeOld = (
  database: Sequelize,
  { id, workspaceId }: Pick<Simulation, 'id' | 'workspaceId'>,
  days: number,
): Promise<unknown> => {
  const at = new Date(Date.now() - days * 86_400_000);
  return inWorkspace(database, workspaceId, (transaction) =>
    Simulation.update(
      { createdAt: at, endedAt: at },
      { where: { id, workspaceId }, transaction, silent: true },
    ),
  );
};
