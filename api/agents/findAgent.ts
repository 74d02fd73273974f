import { Op, type Transaction } from 'sequelize';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Agent } from '../database/models/Agent.ts';
import { notFound } from '../errors.ts';

/** An agent of the caller’s workspace. Somebody else’s is as little there as one that never was. */
export const findAgent = ({ database, caller }: MemberContext, id: string): Promise<Agent> =>
  inWorkspace(database, caller.workspace.id, (transaction) =>
    lookUp(transaction, { workspaceId: caller.workspace.id, id }),
  );

/** The same, or a public one of whomever: to be read and copied. */
export const findReadableAgent = ({ database, caller }: MemberContext, id: string): Promise<Agent> =>
  inWorkspace(database, caller.workspace.id, async (transaction) => {
    const own = { workspaceId: caller.workspace.id };
    const agent = await Agent.findOne({
      where: { id, [Op.or]: [own, { visibility: 'public' }] },
      transaction,
    });
    if (!agent) throw notFound('agent');
    return agent;
  });

/** An agent of the workspace, whose row is held until the transaction ends. */
export const lockAgent = (workspaceId: string, id: string, transaction: Transaction): Promise<Agent> =>
  lookUp(transaction, { workspaceId, id }, true);

async function lookUp(
  transaction: Transaction,
  where: { readonly workspaceId: string; readonly id: string },
  lock = false,
): Promise<Agent> {
  const agent = await Agent.findOne({ where, transaction, lock });
  if (!agent) throw notFound('agent');
  return agent;
}
