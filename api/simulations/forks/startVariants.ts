import { randomUUIDv7 } from 'node:crypto';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { readStepPath } from '../../database/ledger/reuse/stepPath.ts';
import type { Simulation } from '../../database/models/Simulation.ts';
import { invalid } from '../../errors.ts';
import { findAccepted, takeKey } from '../idempotency.ts';
import type { StartView } from '../schema.ts';
import { tryStartInEngine } from '../startInEngine.ts';
import { findVariants } from './findVariants.ts';
import { type ForkDraft, prepareFork, readVersion } from './prepareFork.ts';
import type { StartVariants } from './schema.ts';
import { type DrawnVariant, drawVariant } from './variantGraph.ts';
import { writeFork } from './writeFork.ts';

/**
 * Starts forks that do one task anew, each told in its own way, and nothing after it. All that the task needs is
 * there, so each costs the calls of that task alone.
 */
export async function startVariants(
  context: MemberContext,
  parent: Simulation,
  input: StartVariants,
): Promise<{ items: StartView[] }> {
  const earlier = await findAccepted(context, input);
  const ids =
    earlier === null ? await accept(context, parent, input) : await idsOfGroup(context, parent, earlier);
  return { items: ids.map((id) => ({ id, status: 'queued' })) };
}

async function accept(context: MemberContext, parent: Simulation, input: StartVariants): Promise<string[]> {
  const { database } = context;
  const { workspaceId } = parent;
  const drafts = await prepareVariants(context, parent, input);
  const ids = drafts.map(() => randomUUIDv7());
  const [group = ''] = ids;
  const holder = await inWorkspace(database, workspaceId, async (transaction) => {
    const other = await takeKey(database, transaction, { workspaceId, id: group, start: input });
    if (other !== null) return other;
    for (const [index, draft] of drafts.entries()) {
      const title = `${parent.title.slice(0, 180)} · variant ${index + 1}`;
      const variant = { path: input.path, group, number: index + 1 };
      const own = { ...draft, origin: { ...draft.origin, variant } };
      await writeFork(context, { draft: own, id: ids[index], title, budget: input.budget }, transaction);
    }
    return null;
  });
  if (holder !== null) return idsOfGroup(context, parent, holder);
  await Promise.all(ids.map((id) => tryStartInEngine(context, { workspaceId, id })));
  return ids;
}

/** The forks that are variants, with nothing written yet; each knows the one task that it does. */
export async function prepareVariants(
  context: MemberContext,
  parent: Simulation,
  { path, variants, sideEffects }: Pick<StartVariants, 'path' | 'variants' | 'sideEffects'>,
): Promise<ForkDraft[]> {
  const { graph, plan } = await inWorkspace(context.database, parent.workspaceId, (transaction) =>
    readVersion(parent, transaction),
  );
  const taskId = readStepPath(path)?.nodeId;
  if (!taskId || !plan.tasks.some(({ nodeId }) => nodeId === taskId))
    throw invalid('path', 'The simulation has no such step.');
  const drafts: ForkDraft[] = [];
  for (const [index, change] of variants.entries()) {
    const drawn = drawVariant({ graph, taskId, change, number: index + 1 });
    // Naming the step has it looked for; the rule that follows from it is replaced.
    const wish = { graph: drawn.graph, fromPath: path, sideEffects };
    drafts.push(asVariant(await prepareFork(context, parent, wish), taskId, drawn));
  }
  return drafts;
}

const asVariant = (draft: ForkDraft, taskId: string, { changes }: DrawnVariant): ForkDraft => ({
  ...draft,
  rule: {
    parentId: draft.rule.parentId,
    sideEffects: draft.rule.sideEffects,
    untilSeq: draft.parent.lastSeq,
    rerun: [],
    rerunTasks: [taskId],
    only: taskId,
  },
  origin: { ...draft.origin, purpose: 'variant', changes },
});

async function idsOfGroup(context: MemberContext, parent: Simulation, group: string): Promise<string[]> {
  const variants = await findVariants(context, parent);
  return variants
    .filter(({ variant }) => variant.group === group)
    .sort((a, b) => a.variant.number - b.variant.number)
    .map(({ row }) => row.id);
}
