import type { MemberContext } from '../../context.ts';
import type { Simulation } from '../../database/models/Simulation.ts';
import { AppError, notFound } from '../../errors.ts';
import { cancelSimulation } from '../cancelSimulation.ts';
import { changeSimulation } from '../changeSimulation.ts';
import { isOpen } from '../policy.ts';
import type { StartView } from '../schema.ts';
import { tryStartInEngine } from '../startInEngine.ts';
import { findVariants } from './findVariants.ts';
import { prepareFork } from './prepareFork.ts';
import type { KeepVariant } from './schema.ts';
import { writeFork } from './writeFork.ts';

/**
 * Goes on from a variant: a fork of it does the rest of the crew. What still runs of the variants that were started
 * with it is cancelled. Keeping one twice gives the same fork.
 */
export async function keepVariant(
  context: MemberContext,
  parent: Simulation,
  { variantId, budget, title = parent.title }: KeepVariant,
): Promise<StartView> {
  const { workspaceId } = parent;
  const variants = await findVariants(context, parent);
  const kept = variants.find(({ row }) => row.id === variantId);
  if (!kept) throw notFound('variant');
  if (kept.row.status !== 'completed')
    throw new AppError('simulation.notCompleted', 'Only a variant that has completed can be kept.', {
      simulationStatus: kept.row.status,
    });
  const { sideEffects } = kept.origin;
  const draft = await prepareFork(context, kept.row, { sideEffects });
  const origin = { ...draft.origin, purpose: 'kept' as const };
  const limit = parent.budgetMicros === null ? undefined : { costMicros: parent.budgetMicros };
  const row = await changeSimulation(
    context,
    { workspaceId, id: variantId },
    async (variant, transaction) => {
      if (variant.continuedIn !== null) return [];
      const fork = { draft: { ...draft, origin }, title, budget: budget ?? limit };
      await variant.update({ continuedIn: await writeFork(context, fork, transaction) }, { transaction });
      return [];
    },
  );
  if (!row?.continuedIn) throw notFound('variant');
  await tryStartInEngine(context, { workspaceId, id: row.continuedIn });
  const others = variants.filter(
    (other) => other.variant.group === kept.variant.group && other.row.id !== variantId && isOpen(other.row),
  );
  await Promise.all(others.map((other) => cancelUnlessOver(context, other.row.id)));
  return { id: row.continuedIn, status: 'queued' };
}

/** It may end by itself in the meantime. */
async function cancelUnlessOver(context: MemberContext, id: string): Promise<void> {
  try {
    await cancelSimulation(context, id);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'simulation.closed')) throw error;
  }
}
