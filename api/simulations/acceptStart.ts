import { randomUUIDv7 } from 'node:crypto';
import type { Plan } from '#workflows/graph/planSchema.ts';
import { CrewGraph } from '#workflows/graph/schema.ts';
import type { MemberContext } from '../context.ts';
import { freezeCrew } from '../crews/freezeCrew.ts';
import { inWorkspace } from '../database/connect.ts';
import type { Crew } from '../database/models/Crew.ts';
import { Simulation } from '../database/models/Simulation.ts';
import { refuseWhileStopped } from '../workspaces/stops/readStop.ts';
import { type KeyedStart, takeKey } from './idempotency.ts';
import type { StartSimulation } from './schema.ts';

export interface Accepted {
  readonly id: string;
  /** False when the same start had been accepted before. */
  readonly isNew: boolean;
}

export interface AcceptStart {
  readonly crew: Crew;
  readonly plan: Plan;
  readonly start: StartSimulation;
  /** What the idempotency key stands for: what the caller sent. */
  readonly sent: KeyedStart;
}

/** Writes simulation, crew version and key in one transaction. Of two at once with one key, one writes. */
export function acceptStart(
  context: MemberContext,
  { crew, plan, start, sent }: AcceptStart,
): Promise<Accepted> {
  const { database, caller } = context;
  const workspaceId = caller.workspace.id;
  const userId = caller.user.id;
  const id = randomUUIDv7();
  return inWorkspace(database, workspaceId, async (transaction) => {
    const earlier = await takeKey(database, transaction, { workspaceId, id, start: sent });
    if (earlier !== null) return { id: earlier, isNew: false };
    await refuseWhileStopped(database, transaction, workspaceId);
    const graph = CrewGraph.parse(crew.graph);
    const freeze = { workspaceId, crewId: crew.id, userId, graph, plan };
    const crewVersionId = await freezeCrew(freeze, transaction);
    await Simulation.create(
      {
        id,
        workspaceId,
        crewId: crew.id,
        crewVersionId,
        title: crew.name,
        inputs: start.inputs,
        budgetMicros: start.budget?.costMicros ?? null,
        createdBy: userId,
      },
      { transaction },
    );
    return { id, isNew: true };
  });
}
