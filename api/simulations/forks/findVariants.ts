import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { ForkOrigin } from '../../database/ForkOrigin.ts';
import { Simulation } from '../../database/models/Simulation.ts';

export interface Variant {
  readonly row: Simulation;
  readonly origin: ForkOrigin;
  readonly variant: NonNullable<ForkOrigin['variant']>;
}

const MOST_READ = 200;

/** Variants of a simulation’s steps, newest first. */
export function findVariants(
  { database }: MemberContext,
  { workspaceId, id }: Simulation,
): Promise<Variant[]> {
  return inWorkspace(database, workspaceId, async (transaction) => {
    const rows = await Simulation.findAll({
      where: { workspaceId, forkedFrom: id, origin: { purpose: 'variant' } },
      order: [
        ['createdAt', 'DESC'],
        ['id', 'DESC'],
      ],
      limit: MOST_READ,
      transaction,
    });
    return rows.flatMap((row) => {
      const origin = ForkOrigin.parse(row.origin);
      return origin.variant ? [{ row, origin, variant: origin.variant }] : [];
    });
  });
}
