import { randomUUIDv7 } from 'node:crypto';
import type { Transaction } from 'sequelize';
import type { MemberContext } from '../../context.ts';
import { freezeCrew } from '../../crews/freezeCrew.ts';
import { Simulation } from '../../database/models/Simulation.ts';
import { tasksOfPlan } from '../../destinations/callbackChanges.ts';
import { noteCallbacks } from '../../destinations/noteDestinations.ts';
import { notFound } from '../../errors.ts';
import { refuseWhileStopped } from '../../workspaces/stops/readStop.ts';
import type { ForkDraft } from './prepareFork.ts';

export interface WriteFork {
  readonly draft: ForkDraft;
  readonly id?: string;
  readonly title?: string | undefined;
  readonly budget?: { readonly costMicros: number } | undefined;
}

/** Writes a fork in the workspace of its parent, with the crew version it needs and what people said. Returns its id. */
export async function writeFork(
  context: MemberContext,
  { draft, id = randomUUIDv7(), title, budget }: WriteFork,
  transaction: Transaction,
): Promise<string> {
  const { database, caller } = context;
  const { parent, parentPlan, graph, plan, inputs, rule, origin, contents } = draft;
  const { workspaceId, crewId, clock } = parent;
  const userId = caller.user.id;
  await refuseWhileStopped(database, transaction, workspaceId);
  await holdParent(workspaceId, parent.id, transaction);
  await contents.insert(transaction, workspaceId);
  const freeze = { workspaceId, crewId, userId, graph, plan };
  const crewVersionId = draft.crewVersionId ?? (await freezeCrew(freeze, transaction));
  await Simulation.create(
    {
      id,
      workspaceId,
      crewId,
      crewVersionId,
      title: title ?? parent.title,
      inputs,
      clock,
      budgetMicros: budget?.costMicros ?? parent.budgetMicros,
      forkedFrom: parent.id,
      fork: rule,
      origin,
      createdBy: userId,
    },
    { transaction },
  );
  const callers = { before: tasksOfPlan(parentPlan.tasks), after: tasksOfPlan(plan.tasks) };
  await noteCallbacks(context, { object: { kind: 'simulation', id }, ...callers }, transaction);
  return id;
}

/** Until the fork is there to be seen its parent must not go, whose time may be over. Runs and other forks do not wait. */
async function holdParent(workspaceId: string, id: string, transaction: Transaction): Promise<void> {
  const lock = transaction.LOCK.KEY_SHARE;
  const parent = await Simulation.findOne({
    attributes: ['id'],
    where: { workspaceId, id },
    lock,
    transaction,
  });
  if (!parent) throw notFound('simulation');
}
