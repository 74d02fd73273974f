import type { Transaction } from 'sequelize';
import { audit, auditAs } from '../../audit/audit.ts';
import type { MemberContext } from '../../context.ts';
import type { Simulation } from '../../database/models/Simulation.ts';
import { lookInto } from './copyForFork.ts';

/**
 * A fork into another workspace takes texts of the first one along: both have it on record. Runs in a transaction of the
 * target, which it leaves so.
 */
export async function auditCrossing(
  target: MemberContext,
  { from, forkId }: { from: Simulation; forkId: string },
  transaction: Transaction,
): Promise<void> {
  const { database, caller } = target;
  const to = caller.workspace.id;
  const object = { kind: 'simulation', id: forkId };
  await audit(target, 'simulations.fork', { object, details: { from: from.workspaceId }, transaction });
  await lookInto(database, transaction, from.workspaceId);
  const left = { workspaceId: from.workspaceId, userId: caller.user.id };
  await auditAs(target, left, 'simulations.fork', {
    object: { kind: 'simulation', id: from.id },
    details: { to },
    transaction,
  });
  await lookInto(database, transaction, to);
}
