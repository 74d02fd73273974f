import { createHash, randomUUIDv7 } from 'node:crypto';
import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { canonicalJson } from '#workflows/graph/canonicalJson.ts';
import type { Plan } from '#workflows/graph/planSchema.ts';
import { CrewGraph } from '#workflows/graph/schema.ts';
import type { MemberContext } from '../context.ts';
import { freezeCrew } from '../crews/freezeCrew.ts';
import { inWorkspace } from '../database/connect.ts';
import type { Crew } from '../database/models/Crew.ts';
import { IdempotencyKey } from '../database/models/IdempotencyKey.ts';
import { Simulation } from '../database/models/Simulation.ts';
import { AppError } from '../errors.ts';
import type { StartSimulation } from './schema.ts';

export interface Accepted {
  readonly id: string;
  /** False when the same start had been accepted before. */
  readonly isNew: boolean;
}

/** The simulation that was accepted under this key, if any. The same key with another body is refused. */
export function findAccepted(
  { database, caller }: MemberContext,
  start: StartSimulation,
): Promise<string | null> {
  const key = start.idempotencyKey;
  if (key === undefined) return Promise.resolve(null);
  const workspaceId = caller.workspace.id;
  return inWorkspace(database, workspaceId, async (transaction) => {
    const row = await IdempotencyKey.findOne({ where: { workspaceId, key }, transaction });
    return row && sameStart(row, start);
  });
}

export interface AcceptStart {
  readonly crew: Crew;
  readonly plan: Plan;
  readonly start: StartSimulation;
}

/** Writes simulation, crew version and key in one transaction. Of two at once with one key, one writes. */
export function acceptStart(context: MemberContext, { crew, plan, start }: AcceptStart): Promise<Accepted> {
  const { database, caller } = context;
  const workspaceId = caller.workspace.id;
  const userId = caller.user.id;
  const id = randomUUIDv7();
  return inWorkspace(database, workspaceId, async (transaction) => {
    const earlier = await takeKey(database, transaction, { workspaceId, id, start });
    if (earlier !== null) return { id: earlier, isNew: false };
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

/** Null when the key is ours now; otherwise whose start holds it. Waits for another transaction that has just taken it. */
async function takeKey(
  database: Sequelize,
  transaction: Transaction,
  { workspaceId, id, start }: { workspaceId: string; id: string; start: StartSimulation },
): Promise<string | null> {
  const key = start.idempotencyKey;
  if (key === undefined) return null;
  const taken = await database.query(
    `insert into idempotency_keys (workspace_id, key, body_hash, simulation_id) values ($1, $2, $3, $4)
     on conflict do nothing returning key`,
    { bind: [workspaceId, key, hashBody(start), id], transaction, type: QueryTypes.SELECT },
  );
  if (taken.length > 0) return null;
  const where = { workspaceId, key };
  const row = await IdempotencyKey.findOne({ where, rejectOnEmpty: true, transaction });
  return sameStart(row, start);
}

const hashBody = ({ idempotencyKey: _, ...body }: StartSimulation): string =>
  createHash('sha256').update(canonicalJson(body)).digest('base64url');

function sameStart(row: IdempotencyKey, start: StartSimulation): string {
  if (row.bodyHash === hashBody(start)) return row.simulationId;
  throw new AppError('idempotency.otherBody', 'This idempotency key was used for another start.');
}
