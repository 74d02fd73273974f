import { Op, type Sequelize } from 'sequelize';
import type { z } from 'zod';
import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { EventRow } from '../database/models/EventRow.ts';
import { presentEvent } from './present.ts';
import type { EventPage, ListEvents } from './schema.ts';

export interface ReadEvents {
  readonly workspaceId: string;
  readonly simulationId: string;
  /** Exclusive. */
  readonly after: number;
  readonly limit: number;
}

/** Events in order, without gap. */
export function readEvents(
  database: Sequelize,
  { workspaceId, simulationId, after, limit }: ReadEvents,
): Promise<SimulationEvent[]> {
  return inWorkspace(database, workspaceId, async (transaction) => {
    const rows = await EventRow.findAll({
      where: { workspaceId, simulationId, seq: { [Op.gt]: after } },
      order: [['seq', 'ASC']],
      limit,
      transaction,
    });
    return rows.map(presentEvent);
  });
}

export async function listEvents(
  { database, caller }: MemberContext,
  { id, after, limit }: z.infer<typeof ListEvents>,
): Promise<z.infer<typeof EventPage>> {
  const workspaceId = caller.workspace.id;
  return { items: await readEvents(database, { workspaceId, simulationId: id, after, limit }) };
}
