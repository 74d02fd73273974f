import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Step } from '../database/models/Step.ts';
import { invalid } from '../errors.ts';
import { endedSeq, presentStep } from './present.ts';
import type { ListSteps, StepPage } from './schema.ts';

/** In the order in which they began. Steps are only ever added at the end, so a cursor is a number of steps. */
export function listSteps(
  { database, caller }: MemberContext,
  { id, cursor = '0', limit }: z.infer<typeof ListSteps>,
): Promise<z.infer<typeof StepPage>> {
  if (!/^\d{1,9}$/.test(cursor)) throw invalid('cursor', 'This is no cursor of this list.');
  const offset = Number(cursor);
  return inWorkspace(database, caller.workspace.id, async (transaction) => {
    const rows = await Step.findAll({
      attributes: { exclude: ['request', 'response', 'partial', 'outcome'], include: [[...endedSeq]] },
      where: { workspaceId: caller.workspace.id, simulationId: id },
      order: [
        ['startedAt', 'ASC'],
        ['path', 'ASC'],
      ],
      offset,
      limit: limit + 1,
      transaction,
    });
    const items = rows.slice(0, limit).map(presentStep);
    return { items, nextCursor: rows.length > limit ? String(offset + limit) : null };
  });
}
