import { CrewGraph } from '#workflows/graph/schema.ts';
import type { MemberContext } from '../context.ts';
import type { Crew } from '../database/models/Crew.ts';
import { readServerTools } from '../mcpServers/serverTools.ts';
import { acceptStart } from './acceptStart.ts';
import { checkComplete, checkKnown, compileCrew } from './compileCrew.ts';
import { findAccepted, type KeyedStart } from './idempotency.ts';
import type { StartSimulation, StartView } from './schema.ts';
import { tryStartInEngine } from './startInEngine.ts';

/**
 * Freezes the saved draft and starts it. Once accepted it will run: an engine that does not answer now is asked
 * again by the sweeper. The same key gives the same answer, word by word; `sent` is what it stands for, where the caller
 * sent something else than the start itself.
 */
export async function startSimulation(
  context: MemberContext,
  crew: Crew,
  start: StartSimulation,
  sent: KeyedStart = start,
): Promise<StartView> {
  const earlier = await findAccepted(context, sent);
  if (earlier !== null) return { id: earlier, status: 'queued' };

  const { defaultModel } = context;
  const tools = await readServerTools(context, crew.workspaceId);
  const plan = compileCrew(CrewGraph.parse(crew.graph), { defaultModel, tools });
  checkKnown(plan.inputs, start.inputs);
  checkComplete(plan.inputs, start.inputs);
  const { id, isNew } = await acceptStart(context, { crew, plan, start, sent });
  if (isNew) await tryStartInEngine(context, { workspaceId: crew.workspaceId, id });
  return { id, status: 'queued' };
}
